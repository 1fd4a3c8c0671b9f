"""Tables of the kernel, one file a subject."""

from luodi.kernel.models.accounts import Account, OldPassword, PostProposal, SignInAttempt
from luodi.kernel.models.audit import AuditEntry, ChainHead
from luodi.kernel.models.denials import DeniedDeed
from luodi.kernel.models.evidence import Evidence, Picture
from luodi.kernel.models.files import StoredFile
from luodi.kernel.models.jobs import Job
from luodi.kernel.models.people import Person, Posting, Role
from luodi.kernel.models.places import Division, Unit
from luodi.kernel.models.rulesets import RulesetVersion
from luodi.kernel.models.schedule import Occurrence, Recurring

__all__ = [
    "Account",
    "AuditEntry",
    "ChainHead",
    "DeniedDeed",
    "Division",
    "Evidence",
    "Job",
    "Occurrence",
    "OldPassword",
    "Person",
    "Picture",
    "PostProposal",
    "Posting",
    "Recurring",
    "Role",
    "RulesetVersion",
    "SignInAttempt",
    "StoredFile",
    "Unit",
]
