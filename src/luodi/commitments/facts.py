"""What a line's forms say of its progress, taken from what was entered once: reports, nodes, receipts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from luodi.commitments.models import Commitment, Node, ProgressReport, Receipt

_QUARTERS = "一二三四"
NOTHING = "无"
"""What a report says by leaving a field empty: there is no problem, no help is wanted."""


@dataclass(slots=True)
class Facts:
    """One line up to a cut-off day: the report that counts, the nodes, who does the work."""

    report: ProgressReport | None = None
    nodes: list[Node] = field(default_factory=list)
    receipt: Receipt | None = None

    @property
    def progress(self) -> str:
        """ "主塔封顶（完成 60%，按里程）"; a support unit's words are not mixed in."""
        if self.report is None:
            return ""
        share = (
            f"（完成 {self.report.percent}%，{self.report.percent_why}）"
            if self.report.percent is not None
            else ""
        )
        return f"{self.report.facts.rstrip('。')}{share}。"

    @property
    def problems(self) -> str:
        if self.report is None:
            return ""
        wanted = f"需要协调：{self.report.help_wanted}" if self.report.help_wanted else ""
        return "\n".join(filter(None, (self.report.problem, wanted))) or NOTHING

    @property
    def next_steps(self) -> str:
        return (self.report.next_step or NOTHING) if self.report else ""

    @property
    def work(self) -> str:
        """The nodes as the plan's 具体工作内容: "第一季度：主塔封顶"."""
        return "\n".join(f"第{_QUARTERS[node.quarter - 1]}季度：{node.shows}" for node in self.nodes)


def facts_of(lines: Iterable[Commitment], cut_off: date | None = None) -> dict[int, Facts]:
    """Facts by line, in three queries. With a cut-off, the newest report on a period that began by then."""
    rows = {line.pk: line for line in lines}
    found: dict[int, Facts] = defaultdict(Facts)
    leads = {pk: line.lead.unit_id for pk, line in rows.items() if line.lead}
    reports = ProgressReport.objects.filter(commitment__in=rows, state=ProgressReport.State.SENT)
    if cut_off:
        reports = reports.filter(period__lte=cut_off)
    for report in reports.order_by("period"):
        if report.unit_id == leads.get(report.commitment_id):
            found[report.commitment_id].report = report
    for node in (
        Node.objects.filter(commitment__in=rows).exclude(state=Node.State.RETURNED).order_by("due_on")
    ):
        found[node.commitment_id].nodes.append(node)
    for receipt in Receipt.objects.filter(commitment__in=rows, state=Receipt.State.SIGNED):
        if receipt.unit_id == leads.get(receipt.commitment_id):
            found[receipt.commitment_id].receipt = receipt
    return found
