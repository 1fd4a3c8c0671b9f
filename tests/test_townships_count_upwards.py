"""What is counted in a township counts in its county and its city: a desk's import makes the township, measures roll it up."""

from datetime import date

from luodi.commitments.models import Commitment, Document, Node
from luodi.engines import engine
from luodi.kernel.models import Division, StoredFile
from luodi.measures.counting import counted
from luodi.measures.declare import Measure, Tally
from luodi.workbench import importing
from luodi.workbench.finding import desk_for

NODES = Tally("commitments.Node", dated="due_on", division="commitment__document__division", says="节点")
SHEET = [
    ["区划代码", "名称", "启用"],
    ["990123201", "远山乡", "2026-01-01"],
    ["990123102", "河湾镇", "2026-01-01"],
]


def test_townships_come_as_a_sheet_and_count_in_county_and_city(city):
    desk = desk_for(city["xitong"], "divisions")
    assert importing.apply(desk, city["xitong"], SHEET).problems == []
    again = importing.apply(desk, city["xitong"], SHEET)
    assert (again.problems, again.unchanged) == ([], 2)
    far = Division.objects.get(code="990123201")
    assert (far.parent.code, far.get_kind_display()) == ("990123", "乡")
    wrong = importing.apply(desk, city["xitong"], [*SHEET, ["990123202", "河湾街道", "2026-01-01"]])
    assert wrong.problems == ["第 4 行（990123202）：990123202 按代码是乡，与“街道”不符。"]

    for code in ("990123201", "990123102"):
        file = StoredFile.objects.create(sha256=code.ljust(64, "0"), name="a.txt", size=1, by=city["ducha"])
        document = Document.objects.create(
            title=code, division=Division.objects.get(code=code), file=file, by=city["ducha"], text="开工"
        )
        line = Commitment.objects.create(
            document=document, start=0, end=2, source="开工", text="开工", kind="action"
        )
        Node.objects.create(commitment=line, due_on=date(2026, 3, 1), shows="主体封顶", by=city["ducha"])
    parents = dict(Division.objects.values_list("pk", "parent_id"))
    with engine() as counting:
        numbers = counted(Measure("n", "节点", "个", NODES), counting, parents, date(2026, 3, 31))
    codes = dict(Division.objects.values_list("pk", "code"))
    march = {codes[each.division]: int(each.value) for each in numbers if each.period.month == 3}
    assert march == {"990123201": 1, "990123102": 1, "990123": 2, "990100": 2}
