"""What the menu of a ledger offers for export."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

# query of commitments:export, title, note
EXPORTS = (
    ("format=xlsx", gettext_lazy("Excel 台账"), gettext_lazy("可改好再导入")),
    (
        "format=docx&form=list",
        gettext_lazy("Word 分解清单"),
        gettext_lazy("逐条列出，后注（某局牵头，某局配合）"),
    ),
    ("format=docx&form=table", gettext_lazy("Word 分解表"), gettext_lazy("任务、牵头、配合、时限")),
    ("format=docx&form=plan", gettext_lazy("Word 办理方案"), gettext_lazy("七栏，责任单位填报用")),
    ("format=docx&form=progress", gettext_lazy("Word 进展情况表"), gettext_lazy("进展、问题、下步措施")),
    ("format=docx&form=progress&quarter=1", gettext_lazy("一季度进展表"), gettext_lazy("到季末为止的事实")),
    ("format=docx&form=progress&quarter=2", gettext_lazy("二季度进展表"), ""),
    ("format=docx&form=progress&quarter=3", gettext_lazy("三季度进展表"), ""),
    ("format=docx&form=progress&quarter=4", gettext_lazy("四季度进展表"), ""),
    ("format=csv", "CSV", gettext_lazy("全部栏目")),
    ("format=json", "JSON", gettext_lazy("供其他系统读取")),
)


def offered() -> list[dict[str, object]]:
    return [{"query": query, "title": title, "note": note} for query, title, note in EXPORTS]
