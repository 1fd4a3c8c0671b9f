"""Who may do what with a project. All staff of the city see every project: lists and bulletins are open inside government."""

from __future__ import annotations

from typing import Any

from luodi.kernel.models import Role
from luodi.kernel.permission import is_leader, is_staff_of_the_city, is_supervision
from luodi.shapes.projects.kind import kinds

WORKS = (Role.LIAISON, Role.OPERATOR)
sees = is_staff_of_the_city


def project_of(subject: Any) -> Any:
    """The project itself, or the one that a row belongs to; None while a new row has none."""
    if subject is None or hasattr(subject, "start_due_on"):
        return subject
    return getattr(subject, "project", None) if getattr(subject, "project_id", None) else None


def manages(person: Any, subject: Any = None) -> bool:
    """Works in the office that manages the list of this kind 项目办; without a project, of any kind. No query."""
    project = project_of(subject)
    code = getattr(project, "kind", "")
    leads = [kind.lead for kind in kinds().values() if not code or kind.code == code]
    return any(post.role in WORKS and post.unit.name.endswith(tuple(leads)) for post in _posts(person))


def keeps(person: Any, subject: Any = None) -> bool:
    """Answers for the project: works in its lead unit, in the government of its division or zone, or manages the list.
    Without a project: could answer for one."""
    project = project_of(subject)
    if project is None or project.pk is None:
        return manages(person, project) or any(post.role in WORKS for post in _posts(person))
    return would_keep(person, project)


def would_keep(person: Any, project: Any) -> bool:
    """The same for a project as it would be once written."""
    if manages(person, project):
        return True
    home = {project.division_id, project.zone_id} - {None}
    return any(
        post.unit_id == project.lead_id
        or (post.unit.division_id in home and post.unit.division.parent_id is not None)
        for post in _posts(person)
        if post.role in WORKS
    )


def answers(person: Any, problem: Any = None) -> bool:
    """Answers for a problem: its owner, whoever keeps the project, supervision."""
    if is_supervision(person) or keeps(person, problem):
        return True
    return problem is not None and any(
        post.role in WORKS and post.unit_id == getattr(problem, "owner_id", None) for post in _posts(person)
    )


def raises_problems(person: Any, subject: Any = None) -> bool:
    return is_supervision(person) or is_leader(person) or keeps(person, subject)


def decides(person: Any, subject: Any = None) -> bool:
    """Decides on a change of the plan: the office that manages the list, or a leader; never who asked (the table says so)."""
    return is_leader(person) or manages(person, subject)


def _posts(person: Any) -> list[Any]:
    return (
        person.current_posts
        if getattr(person, "is_active", False) and hasattr(person, "current_posts")
        else []
    )
