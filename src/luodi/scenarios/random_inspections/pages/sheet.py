"""The sheet of a check, for a phone on the spot: items one below another, a photo, the end of the check; and the notice."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from luodi.kernel import evidence
from luodi.kernel.action import Refused
from luodi.reading.forms import MEDIA_TYPES, paper
from luodi.scenarios.random_inspections.actions import checks as actions
from luodi.scenarios.random_inspections.models import CheckItem, Seat, SpotCheck
from luodi.scenarios.random_inspections.pages.kinds import CHECKS
from luodi.scenarios.random_inspections.rules import words
from luodi.scenarios.random_inspections.rules.checks import findings_of
from luodi.shapes.cases import actions as cases
from luodi.shapes.cases.chain import record_of
from luodi.shapes.cases.permission import roles_of, seen_by
from luodi.workbench.kinds import Day

MOST_PHOTOS = 6
ON_SITE = ("notified", "checking")
PUBLIC_STATES = ("published", "listing", "following")


@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Fill in, or after publication ask for a correction. What is wrong comes back beside its item (422)."""
    check = see(request, pk)
    form = Sheet(request, check)
    if request.method == "POST":
        if not form.may_write:
            raise Http404
        if form.is_read() and form.write():
            messages.success(request, form.done)
            return redirect("random_inspections:sheet", pk=pk)
    return render(
        request, "random_inspections/sheet.html", {"check": form.check, "form": form, "pieces": evidence.of(check)},
        status=422 if form.refusal or form.errors else 200,
    )  # fmt: skip


@require_POST
def correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Grant or refuse the correction that somebody else asked for."""
    check = see(request, pk)
    reason = request.POST.get("reason", "")
    try:
        if "grant" in request.POST:
            actions.grant_correction(request.user, check, reason)
        else:
            cases.take(request.user, check, "refuse_correction", {"reason": reason})
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "更正申请已审批。")
    return redirect("random_inspections:sheet", pk=pk)


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """检查告知单: the agreed day, who comes with which certificate, what is looked at. Only for those who handle the check."""
    check = see(request, pk)
    if check.agreed_on is None or not roles_of(request.user, check):
        raise Http404
    content = notice_of(check)
    name = quote(f"检查告知单 {check.number}.docx")
    return HttpResponse(
        content,
        content_type=MEDIA_TYPES["docx"],
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


def see(request: HttpRequest, pk: int) -> SpotCheck:
    """A check for those who see it; to all others it does not exist."""
    rows = seen_by(
        request.user, SpotCheck.objects.select_related("firm", "task", "lead", "home", "division", "ruleset")
    )
    return get_object_or_404(rows, pk=pk)


class Sheet:
    """One item after another: its conclusion and words. `finish` fields only while the check is under way."""

    def __init__(self, request: HttpRequest, check: SpotCheck) -> None:
        self.request, self.check, self.typed = request, check, request.POST
        self.errors: dict[str, str] = {}
        self.refusal, self.done = "", ""
        self.findings: dict[str, tuple[str, str]] = {}
        self.finish: dict[str, Any] | None = None
        self.known = findings_of(record_of(CHECKS.machine, check))
        self.roles = roles_of(request.user, check)
        self.conclusions, self.signatures = words.CONCLUSIONS, words.SIGNATURES

    @property
    def may_write(self) -> bool:
        has_part = bool(self.roles & {"desk", "lead", "co"})
        return has_part and not self.check.pending and self.check.state in (*ON_SITE, *PUBLIC_STATES)

    @property
    def asked(self) -> dict[str, Any] | None:
        """The correction that waits for a decision, for those who may decide it."""
        if self.check.pending != "correction":
            return None
        event = record_of(CHECKS.machine, self.check).last("ask_correction")
        may = (
            event is not None
            and event.by != self.request.user.login
            and bool(self.roles & {"desk", "supervisor"})
        )
        shown = CHECKS.asks["findings"][1].show(event.filled["findings"]) if event else ""
        return {"shown": shown, "reason": event.filled["reason"] if event else "", "may_decide": may}

    @property
    def is_on_site(self) -> bool:
        return self.check.state in ON_SITE

    @property
    def items(self) -> list[dict[str, Any]]:
        rows = CheckItem.objects.filter(code__in=self.check.items).select_related("unit")
        return [
            {
                "item": item, "error": self.errors.get(item.code, ""),
                "conclusion": self.typed.get(f"c-{item.code}", self.known.get(item.code, ("", ""))[0]),
                "said": self.typed.get(f"s-{item.code}", self.known.get(item.code, ("", ""))[1]),
            }
            for item in rows
        ]  # fmt: skip

    @property
    def seats(self) -> list[Seat]:
        return list(self.check.seats.select_related("inspector__unit"))

    @property
    def outcome(self) -> str:
        return dict(words.CONCLUSIONS).get(self.check.outcome, "")

    def is_read(self) -> bool:
        for code in self.check.items:
            conclusion = self.typed.get(f"c-{code}", "")
            said = self.typed.get(f"s-{code}", "").strip()[:300]
            if conclusion in dict(words.CONCLUSIONS):
                self.findings[code] = (conclusion, said)
            elif conclusion or said:
                self.errors[code] = "请选择检查结果。"
        if self.is_on_site and "finish" in self.typed:
            self._read_finish()
        if len(self.request.FILES.getlist("photo")) > MOST_PHOTOS:
            self.errors["photo"] = f"一次最多 {MOST_PHOTOS} 张照片。"
        if not self.findings and not self.errors and not self.request.FILES:
            self.refusal = "还没有填写任何事项。"
        return not self.errors and not self.refusal

    def write(self) -> bool:
        """Photos and findings together, all or nothing."""
        try:
            with transaction.atomic():
                for photo in self.request.FILES.getlist("photo"):
                    evidence.attach(self.request.user, self.check, photo.name, photo.read(), "现场照片")
                self._write()
        except Refused as refusal:
            self.refusal = str(refusal)
        return not self.refusal

    def _write(self) -> None:
        by, changed = self.request.user, {c: pair for c, pair in self.findings.items() if self.known.get(c) != pair}  # fmt: skip
        if not self.is_on_site:
            actions.ask_correction(by, self.check, changed, self.typed.get("reason", ""))
            self.done = "已申请更正，由另一人审批。"
            return
        if changed or self.finish is not None:
            actions.fill_in_sheet(by, self.check, changed, self.finish)
        self.done = "检查已结束，待复核。" if self.finish is not None else "已保存。"

    def _read_finish(self) -> None:
        try:
            checked_on = Day().reader()(self.typed.get("checked_on", ""))
        except ValueError as error:
            self.errors["checked_on"] = f"{error}。"
            return
        if checked_on is None:
            self.errors["checked_on"] = "请填写检查日期。"
        elif checked_on > timezone.localdate():
            self.errors["checked_on"] = "检查日期不能晚于今天。"
        if self.typed.get("signature") not in dict(words.SIGNATURES):
            self.errors["signature"] = "请选择签字情况。"
        self.finish = {"checked_on": checked_on, "signature": self.typed.get("signature"), "words": self.typed.get("words", "")}  # fmt: skip


def notice_of(check: SpotCheck) -> bytes:
    """The notice with its two lists: items, and who comes."""
    items = CheckItem.objects.filter(code__in=check.items).select_related("unit")
    seats = check.seats.filter(state=Seat.State.SEATED).select_related("inspector__unit")
    agreed = check.agreed_on
    lines = [
        f"{check.firm.name}：",
        f"按照“双随机、一公开”要求，你单位被抽中接受检查（编号{check.number}）。约定于{agreed.year}年{agreed.month}月{agreed.day}日到你单位检查，请予配合。",
        "一、检查事项和需准备的材料",
        *(
            f"{number}.{item.title}（{item.unit.called}；依据：{item.legal_basis}）"
            for number, item in enumerate(items, 1)
        ),
        "二、检查人员",
        *(
            f"{number}.{seat.inspector.name}　{seat.inspector.unit.called}　执法证号{seat.inspector.cert_no}"
            for number, seat in enumerate(seats, 1)
        ),
        "检查人员应当出示执法证件；少于两人或者未出示证件的，你单位有权拒绝。认为检查人员应当回避的，可以在检查前提出。",
        f"{check.home.name}",
    ]
    body = [paper.paragraph("Title", paper.words("检查告知单"))]
    body += [
        paper.paragraph("Normal" if place == 0 else "Task", paper.words(line))
        for place, line in enumerate(lines)
    ]
    return paper.document("检查告知单", body, paper.UPRIGHT, created=timezone.now())
