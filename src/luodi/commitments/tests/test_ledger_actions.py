"""An officer works on the ledger: every change is recorded with who and when, and can be taken back."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from luodi.commitments import actions, intake
from luodi.commitments.history import snapshot
from luodi.commitments.ledger import ledger_of
from luodi.commitments.models import Commitment, Document, Edit
from luodi.kernel import audit
from luodi.kernel.action import Refused
from luodi.kernel.jobs import Progress
from luodi.kernel.models import AuditEntry

PLAN = """云川市2027年工作要点
一、扩大有效投资
（一）抓项目促投资。全年开工重点项目X个，年度投资X亿元以上。6月底前建成澄岚大桥，抓好项目前期工作。
（二）精准招商引资。引进市外到位资金120亿元以上，建立“三个一批”项目清单台账。
二、优化营商环境
（一）推进一网通办。实现“一网通办”网办率95%以上，完善政务服务一体化平台。
"""

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(city):
    return city["ducha"]


@pytest.fixture
def plan(officer) -> Document:
    document, _ = intake.deliver_text(officer, PLAN)
    intake.read_document(Progress(document.job), officer, document.pk)
    document.refresh_from_db()
    return document


def line_with(document, words) -> Commitment:
    return document.commitments.get(source__contains=words)


def whole(document):
    return snapshot(document.commitments.values_list("pk", flat=True))


def test_every_line_is_a_verbatim_stretch_of_the_document(plan):
    lines = list(plan.commitments.all())
    assert len(lines) >= 6
    assert all(plan.text[line.start : line.end] == line.source == line.text for line in lines)


def test_lines_are_numbered_by_part_and_section(plan):
    numbers = [row.number for row in ledger_of(plan).lines]
    assert numbers[0] == "1.1-01"
    assert numbers[-1].startswith("2.1-")
    assert len(set(numbers)) == len(numbers)


def test_masked_figures_wait_for_a_person(plan):
    waiting = [row.line for row in ledger_of(plan).lines if "blank" in row.todo]
    assert ledger_of(plan).todo.blank == len(waiting) > 0
    assert sum(target.is_blank for line in waiting for target in line.targets.all()) == 2


def test_the_same_document_twice_is_one(plan, officer):
    again, is_new = intake.deliver_text(officer, PLAN)
    assert (again.pk, is_new) == (plan.pk, False)
    assert Document.objects.count() == 1


def test_rewording_keeps_the_sentence(plan, officer):
    line = line_with(plan, "澄岚大桥")
    actions.reword(officer, line, "6月底前澄岚大桥通车")
    line.refresh_from_db()
    assert (line.text, "澄岚大桥" in line.source) == ("6月底前澄岚大桥通车", True)
    with pytest.raises(Refused, match="不能为空"):
        actions.reword(officer, line, "  ")


def test_a_blank_is_filled_with_its_source(plan, officer):
    line = line_with(plan, "年度投资")
    target = line.targets.get(indicator__contains="投资")
    with pytest.raises(Refused, match="依据"):
        actions.fill_blank(officer, line, target, Decimal("86.5"), " ")
    actions.fill_blank(officer, line, target, Decimal("86.5"), "云政发〔2027〕3号")
    target.refresh_from_db()
    assert (target.value, target.filled_from, target.number) == (Decimal("86.5"), "云政发〔2027〕3号", "X")


def test_units_come_from_the_citys_own_list(plan, officer):
    line = line_with(plan, "澄岚大桥")
    with pytest.raises(Refused, match="单位名录里没有：市桥梁局"):
        actions.assign(officer, line, ["市桥梁局"])
    actions.assign(officer, line, ["云川市交通运输局"], ["市财政局"])
    units = [(unit.role, unit.name, unit.accepted) for unit in line.assignments.order_by("role")]
    assert units == [("lead", "市交通运输局", True), ("support", "市财政局", True)]
    with pytest.raises(Refused, match="重复"):
        actions.assign(officer, line, ["市交通局"], ["市交通运输局"])


def test_accepting_above_a_score_leaves_decided_lines_alone(plan, officer):
    decided = line_with(plan, "澄岚大桥")
    actions.assign(officer, decided, ["市财政局"])
    changed = actions.accept_units(officer, plan, 0.0)
    assert changed > 0
    assert [unit.name for unit in decided.assignments.filter(accepted=True, role="lead")] == ["市财政局"]
    for line in plan.commitments.all():
        assert line.assignments.filter(accepted=True, role="lead").count() <= 1
    assert actions.accept_units(officer, plan, 0.0) == 0


def test_split_and_merge_are_each_others_undoing(plan, officer):
    line = line_with(plan, "三个一批")
    at = plan.text.index("项目清单台账")
    before = (line.source, plan.commitments.count())
    second = actions.split(officer, line, at)
    assert plan.text[second.start : second.end] == second.source == "项目清单台账"
    assert plan.commitments.count() == before[1] + 1
    line = Commitment.objects.get(pk=line.pk)
    joined = actions.merge(officer, line, second)
    assert (joined.source, plan.commitments.count()) == before


def test_lines_that_are_not_neighbours_do_not_merge(plan, officer):
    first, last = plan.commitments.first(), plan.commitments.last()
    with pytest.raises(Refused, match="相邻"):
        actions.merge(officer, first, last)


def test_a_line_moves_to_other_words_and_its_figures_follow(plan, officer):
    line = line_with(plan, "网办率")
    start = plan.text.index("网办率")
    actions.respan(officer, line, start, line.end)
    line.refresh_from_db()
    assert line.source.startswith("网办率")
    other = line_with(plan, "到位资金")
    with pytest.raises(Refused, match="已属于另一项任务"):
        actions.respan(officer, line, other.start, other.end)


def test_a_line_is_dropped_and_made_again_from_its_words(plan, officer):
    line = line_with(plan, "到位资金")
    start, end = line.start, line.end
    actions.drop_line(officer, line)
    assert not plan.commitments.filter(start=start).exists()
    again = actions.add_line(officer, plan, start, end)
    assert (again.start, again.end) == (start, end)
    assert [target.value for target in again.targets.all()] == [Decimal(120)]
    with pytest.raises(Refused, match="不能跨段"):
        actions.add_line(officer, plan, 0, len(plan.text))


CHANGES = {
    "reword": lambda by, line: actions.reword(by, line, "换一种说法"),
    "kind": lambda by, line: actions.change_kind(by, line, "project"),
    "deadline": lambda by, line: actions.set_deadline(by, line, date(2027, 9, 30)),
    "confirm": lambda by, line: actions.confirm(by, line),
    "assign": lambda by, line: actions.assign(by, line, ["市财政局"], ["市审计局"]),
    "split": lambda by, line: actions.split(by, line, line.start + 4),
    "drop": lambda by, line: actions.drop_line(by, line),
    "respan": lambda by, line: actions.respan(by, line, line.start, line.end - 2),
    "accept": lambda by, line: actions.accept_units(by, line.document, 0.0),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_can_be_undone_to_the_last_field(plan, officer, change):
    line = line_with(plan, "三个一批")
    before = whole(plan)
    CHANGES[change](officer, line)
    assert whole(plan) != before
    entry = Edit.objects.first()
    assert entry.by == officer
    actions.undo_edit(officer, entry)
    assert whole(plan) == before
    with pytest.raises(Refused, match="已经撤销过"):
        actions.undo_edit(officer, entry)


def test_a_change_under_a_later_one_is_not_undone(plan, officer):
    line = line_with(plan, "三个一批")
    actions.reword(officer, line, "第一次改")
    first = Edit.objects.first()
    actions.reword(officer, line, "第二次改")
    with pytest.raises(Refused, match="请先撤销那一次"):
        actions.undo_edit(officer, first)


def test_an_edit_that_changes_nothing_leaves_no_record(plan, officer):
    line = line_with(plan, "三个一批")
    actions.reword(officer, line, line.text)
    assert not Edit.objects.exists()


def test_only_the_supervision_office_changes_the_ledger(plan, city):
    line = line_with(plan, "三个一批")
    for login in ("fagai", "changwu", "shenji"):
        with pytest.raises(PermissionDenied):
            actions.reword(city[login], line, "改一改")
    line.refresh_from_db()
    assert line.text == line.source


def test_each_write_has_its_entry_in_the_sealed_log(plan, officer):
    line = line_with(plan, "三个一批")
    actions.reword(officer, line, "换一种说法")
    entry = AuditEntry.objects.last()
    assert (entry.by, entry.action, entry.subject) == (
        "ducha",
        "commitments.reword",
        f"commitments.commitment:{line.pk}",
    )
    assert entry.detail == {"text": "换一种说法"}
    assert audit.first_broken_entry() is None
