"""The daily mail 每日提醒: exactly what is due, by when, and where to do it. Plain text; values in, text out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from luodi.workbench.inbox import Due

OF_A_KIND = 20
"""So many of a kind are told in full; the page has the rest."""


@dataclass(frozen=True, slots=True)
class Mail:
    subject: str
    body: str


def is_pressing(dues: Sequence[Due], today: date) -> bool:
    """Whether a mail is worth anyone's attention: something is late, or due within the week."""
    return any(due.is_late(today) or due.is_soon(today) for due in dues)


def compose(name: str, dues: Sequence[Due], today: date, site: str) -> Mail:
    """The mail to one person. `site` is the address of Luodi without a slash at its end, by which links begin."""
    late = sum(due.is_late(today) for due in dues)
    soon = sum(due.is_soon(today) for due in dues)
    said = "，".join(
        filter(None, (f"{late} 项已超期" if late else "", f"{soon} 项七天内到期" if soon else ""))
    )
    parts = [
        f"{name}，您好：",
        "",
        f"截至{today.month}月{today.day}日，您有 {len(dues)} 项待办，其中 {said}。",
        "",
    ]
    for _, each in groupby(dues, key=lambda due: due.kind):
        parts += _kind(list(each), today, site)
    parts += [
        f"全部待办：{site}/inbox/",
        "不想再收到这封邮件：打开全部待办，在“邮件提醒”里停用。",
        "这封邮件由落地系统自动发出，请不要回复。",
    ]
    return Mail(f"落地待办：{said}（{today.month}月{today.day}日）", "\n".join(parts) + "\n")


def _kind(dues: Sequence[Due], today: date, site: str) -> list[str]:
    lines = [f"【{dues[0].title} {len(dues)} 项】"]
    for number, due in enumerate(dues[:OF_A_KIND], start=1):
        lines.append(f"{number}. {_line(due.about)[:80]}")
        lines.append(f"   {_line(due.what)}，{_by(due, today)}")
        lines += [f"   {_line(due.note)}"] if due.note else []
        lines.append(f"   {site}{due.url}")
    if len(dues) > OF_A_KIND:
        lines.append(f"   还有 {len(dues) - OF_A_KIND} 项：{site}/inbox/?kind={dues[0].kind}")
    return [*lines, ""]


def _by(due: Due, today: date) -> str:
    left = due.days_left(today)
    if due.by is None or left is None:
        return "没有期限"
    day = f"最迟 {due.by.month}月{due.by.day}日"
    if due.by.year != today.year:
        day = f"最迟 {due.by.year}年{due.by.month}月{due.by.day}日"
    if left < 0:
        return f"{day}（已超 {-left} 天）"
    return f"{day}（{f'还有 {left} 天' if left else '就是今天'}）"


def _line(text: str) -> str:
    return " ".join(text.split())
