"""How a person comes to rights: a post is proposed by the system administrator and let in by the security administrator.

Standing in for somebody away 代理 is a post like any other, dated, and marked with the post it stands in for.
Taking rights away needs nobody's approval.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from luodi.kernel import approval
from luodi.kernel.accounts.exclusive import excluded_by
from luodi.kernel.accounts.people import end_sessions
from luodi.kernel.action import Refused, action
from luodi.kernel.models import Person, Posting, PostProposal, Role, Unit
from luodi.kernel.models.people import ADMINISTRATORS
from luodi.kernel.permission import is_security_admin, is_system_admin


@action("accounts.propose_post", may=is_system_admin)
def propose_post(
    by: Person,
    person: Person,
    unit: Unit,
    role: str,
    *,
    valid_from: date,
    valid_until: date | None = None,
    title: str = "",
    reason: str,
    on_behalf_of: Posting | None = None,
) -> PostProposal:
    """A post that waits for the security administrator. Raises Refused for what could never be let in."""
    if role not in Role.values:
        raise Refused("没有这种角色。")
    if not reason.strip():
        raise Refused("请填写理由，例如任职文件的文号。")
    if valid_until is not None and valid_until <= valid_from:
        raise Refused("离任日应晚于任职日。")
    if not person.is_active:
        raise Refused("{person}的账号已停用。", person=person)
    _refuse_conflict(person, unit, role, valid_from, valid_until)
    return PostProposal.objects.create(
        person=person, unit=unit, role=role, title=title.strip()[:60], valid_from=valid_from, valid_until=valid_until,
        on_behalf_of=on_behalf_of, reason=reason.strip()[:200], author=by,
    )  # fmt: skip


def propose_stand_in(
    by: Person, post: Posting, person: Person, *, valid_from: date, valid_until: date, reason: str
) -> PostProposal:
    """Somebody to act in place of the holder of a post, from a day until a day."""
    if post.person_id == person.pk:
        raise Refused("不能由本人代理。")
    if post.role in ADMINISTRATORS:
        raise Refused("管理员岗位不能代理；需要时请另行任命。")
    if post.on_behalf_of_id is not None:
        raise Refused("代理的岗位不能再转给别人代理。")
    if post.valid_until is not None and valid_until > post.valid_until:
        raise Refused(
            "{person}的这个岗位到 {day} 为止，代理不能更晚。", person=post.person, day=post.valid_until
        )
    return propose_post(
        by, person, post.unit, post.role, valid_from=valid_from, valid_until=valid_until,
        title=f"代{post.person}", reason=reason, on_behalf_of=post,
    )  # fmt: skip


@action("accounts.approve_post", may=is_security_admin)
def approve_post(by: Person, proposal: PostProposal, opinion: str = "") -> Posting:
    """Give the post. Nobody approves a post of their own, nor what they proposed."""
    proposal = _waiting_for(by, proposal)
    original = proposal.on_behalf_of
    if original is not None and original not in Posting.objects.on(proposal.valid_from):
        raise Refused("被代理的岗位已经结束。")
    _refuse_conflict(proposal.person, proposal.unit, proposal.role, proposal.valid_from, proposal.valid_until)
    post = Posting.objects.create(
        person=proposal.person, unit=proposal.unit, role=proposal.role, title=proposal.title,
        valid_from=proposal.valid_from, valid_until=proposal.valid_until, on_behalf_of=original,
    )  # fmt: skip
    approval.approve(by, proposal, opinion)
    if proposal.role in ADMINISTRATORS:
        end_sessions(proposal.person)  # the next sign-in asks for the second factor
    return post


@action("accounts.decline_post", may=is_security_admin)
def decline_post(by: Person, proposal: PostProposal, opinion: str = "") -> PostProposal:
    return approval.decline(by, _waiting_for(by, proposal), opinion)


@action("accounts.end_post", may=is_system_admin | is_security_admin)
def end_post(by: Person, post: Posting, on: date) -> Posting:
    """The first day without the post; those who stand in for its holder end with it."""
    if by.pk == post.person_id:
        raise Refused("不能结束自己的岗位，请由另一位管理员办理。")
    if post.valid_from is not None and on < post.valid_from:
        raise Refused("离任日不能早于任职日 {day}。", day=post.valid_from)
    _until(Posting.objects.filter(Q(pk=post.pk) | Q(on_behalf_of=post)), on)
    post.refresh_from_db()
    return post


def _until(posts: QuerySet[Posting], on: date) -> None:
    posts.filter(Q(valid_until=None) | Q(valid_until__gt=on)).update(valid_until=on)


def _refuse_conflict(person: Person, unit: Unit, role: str, first: date, until: date | None) -> None:
    """Posts of the same time that exclude this one, and the same post given twice."""
    posts = Posting.objects.filter(person=person).filter(Q(valid_until=None) | Q(valid_until__gt=first))
    if until is not None:
        posts = posts.filter(Q(valid_from=None) | Q(valid_from__lt=until))
    if other := excluded_by(role, {post.role for post in posts}):
        raise Refused(
            "{role}与{other}不能由一人担任：三类管理员互斥，也不能兼任业务岗位。",
            role=Role(role).label,
            other=other.label,
        )
    if any(post.unit_id == unit.pk and post.role == role for post in posts):
        raise Refused(
            "{person}这段时间已在{unit}担任{role}。", person=person, unit=unit, role=Role(role).label
        )


def _waiting_for(by: Person, proposal: PostProposal) -> PostProposal:
    proposal = approval.waiting_for(by, proposal)
    if by.pk == proposal.person_id:
        raise Refused("不能办理自己的岗位，请由另一位安全管理员办理。")
    return proposal
