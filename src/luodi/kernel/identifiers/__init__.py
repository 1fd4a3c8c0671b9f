"""Codes that people, organisations, projects, places and vehicles carry, each with the checks its standard gives.

    CreditCode.parse("９１３５０１００ｍ０００１００ｙ４３").org_code     # 'M000100Y4': full width and lower case are put right
    CreditCode.parse("91350100M000100Y44")                # IdentifierError: 统一社会信用代码：第 18 位校验码应为 3，实为 4。
    CitizenId.mask("11010519491231002X")                  # '1101************2X'

A value exists only if it is valid. Nothing is ever guessed right: a wrong letter is told, not replaced.
"""

from luodi.kernel.identifiers.base import Fault, Identifier, IdentifierError, Kind
from luodi.kernel.identifiers.citizen_id import CitizenId
from luodi.kernel.identifiers.credit_code import CreditCode
from luodi.kernel.identifiers.device_id import DeviceId
from luodi.kernel.identifiers.division_code import DivisionCode
from luodi.kernel.identifiers.land_code import LandCode
from luodi.kernel.identifiers.org_code import OrgCode
from luodi.kernel.identifiers.plate import Plate, PlateKind
from luodi.kernel.identifiers.project_code import ProjectCode
from luodi.kernel.identifiers.vin import Vin

__all__ = [
    "CitizenId",
    "CreditCode",
    "DeviceId",
    "DivisionCode",
    "Fault",
    "Identifier",
    "IdentifierError",
    "Kind",
    "LandCode",
    "OrgCode",
    "Plate",
    "PlateKind",
    "ProjectCode",
    "Vin",
]
