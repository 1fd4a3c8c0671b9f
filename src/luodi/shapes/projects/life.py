"""The life of a project as data: stages, gates between them, and the papers 手续要件 that a gate asks for. Pure.

A gate says everything that is missing at once, each thing in one sentence, so that a person mends it in one go.

Sources: gates of the investment life cycle 谋划—储备—前期—开工—在建—竣工—投产—达产—达效; the start of works is the first
formal trench of a permanent work in the design, or the first formal pile where there is no trench.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any


class PaperState(StrEnum):
    MISSING = "missing"
    PROMISED = "promised"
    OBTAINED = "obtained"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        return {
            "missing": "未办",
            "promised": "承诺办理",
            "obtained": "已取得",
            "not_needed": "不需要",
        }[self]


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A permit or document. `before` names the stage whose gate asks for it ("entry": the entry to statistics).

    `by_default` says whether a new project needs it until someone says otherwise; `may_be_promised` whether a signed
    promise stands for it for a time (先建后验、告知承诺).
    """

    code: str
    title: str
    before: str
    by_default: bool = True
    may_be_promised: bool = False


@dataclass(frozen=True, slots=True)
class PaperFact:
    """How one paper of a project stands."""

    kind: PaperKind
    state: PaperState
    valid_until: date | None = None
    promised_until: date | None = None


@dataclass(frozen=True, slots=True)
class Yield:
    """What one month of production gave, in the project's own unit and in 分. Unknown is None."""

    month: date
    quantity: Decimal | None = None
    output_fen: int | None = None
    tax_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What gates may look at. `fields` are the project's own by name; `today` is the day of the step."""

    fields: Mapping[str, Any]
    today: date
    papers: tuple[PaperFact, ...] = ()
    parts_in_charge: tuple[str, ...] = ()
    people_in_charge: tuple[str, ...] = ()
    has_start_record: bool = False
    yields: tuple[Yield, ...] = ()
    lines: Mapping[str, Any] = field(default_factory=dict)


Guard = Callable[[Facts], Iterator[str]]


@dataclass(frozen=True, slots=True)
class Stage:
    """`dates` is the project's field that keeps the day on which the stage was reached."""

    code: str
    title: str
    lamp: str = "hollow"
    dates: str = ""
    is_end: bool = False
    is_aside: bool = False


@dataclass(frozen=True, slots=True)
class Gate:
    """From one of the `source` stages to another. `needs` are fields that have to be known, `papers` whether those that
    stand before the stage have to be in hand."""

    source: tuple[str, ...]
    to: str
    title: str
    needs: tuple[tuple[str, str], ...] = ()
    papers: bool = False
    guards: tuple[Guard, ...] = ()
    needs_reason: bool = False


@dataclass(frozen=True)
class Lifecycle:
    """Raises ValueError where a gate names a stage that is not there."""

    stages: tuple[Stage, ...]
    gates: tuple[Gate, ...]

    def __post_init__(self) -> None:
        known = {stage.code for stage in self.stages}
        for gate in self.gates:
            if unknown := {*gate.source, gate.to} - known - {RESUME}:
                raise ValueError(f"gate {gate.title}: no stage is called {', '.join(sorted(unknown))}")

    @property
    def start(self) -> str:
        return self.stages[0].code

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        return tuple((stage.code, stage.title) for stage in self.stages)

    @property
    def lamps(self) -> dict[str, str]:
        return {stage.code: stage.lamp for stage in self.stages}

    def stage(self, code: str) -> Stage:
        return next(stage for stage in self.stages if stage.code == code)

    def gates_from(self, code: str) -> tuple[Gate, ...]:
        return tuple(gate for gate in self.gates if code in gate.source)

    def gate(self, source: str, to: str) -> Gate | None:
        return next((gate for gate in self.gates_from(source) if gate.to == to), None)

    def has_reached(self, code: str, wanted: str) -> bool:
        """Whether a project at `code` is at or past `wanted` on the main road; one aside or ended is not."""
        road = [stage.code for stage in self.stages if not (stage.is_aside or stage.is_end)]
        return code in road and wanted in road and road.index(code) >= road.index(wanted)


RESUME = "resume"
"""Where a paused project goes back to: the stage it came from."""


def faults_at(gate: Gate, facts: Facts) -> list[str]:
    """Everything that keeps the gate shut, one sentence each; empty when it opens."""
    said = [
        f"“{title}”还没有填写。" for name, title in gate.needs if facts.fields.get(name) in (None, "", [], {})
    ]
    if gate.papers:
        said += missing_papers(facts, gate.to)
    for guard in gate.guards:
        said += guard(facts)
    return said


def missing_papers(facts: Facts, before: str) -> list[str]:
    """Papers that are needed before a stage and neither in hand nor promised, run out, or promised for a day that is over."""
    said = []
    for paper in facts.papers:
        if paper.kind.before != before:
            continue
        if paper.state == PaperState.MISSING:
            promise = "，也没有承诺书" if paper.kind.may_be_promised else ""
            said.append(f"“{paper.kind.title}”还没有取得{promise}。")
        elif paper.state == PaperState.OBTAINED and paper.valid_until and paper.valid_until < facts.today:
            said.append(f"“{paper.kind.title}”已于 {paper.valid_until} 过期，请延期或重新办理。")
        elif (
            paper.state == PaperState.PROMISED and paper.promised_until and paper.promised_until < facts.today
        ):
            said.append(f"“{paper.kind.title}”承诺 {paper.promised_until} 前办结，已逾期。")
    return said


# guards


def has_someone_behind(facts: Facts) -> Iterator[str]:
    if not any(facts.fields.get(name) for name in ("owner_id", "owner_name", "lead_id")):
        yield "项目法人和责任单位都没有填写，至少要有一个。"


def has_site(facts: Facts) -> Iterator[str]:
    if not facts.fields.get("address") and facts.fields.get("lon") is None:
        yield "建设地点还没有填写。"


def triad_is_whole(facts: Facts) -> Iterator[str]:
    """包抓: a leader, a department and a zone or division, with a person each, and three different people."""
    for part, title in PARTS:
        if part not in facts.parts_in_charge:
            yield f"包抓不完整：还没有明确{title}。"
    if len(set(facts.people_in_charge)) < len(facts.people_in_charge):
        yield "包抓的三方应是三个不同的人。"


PARTS = (("leader", "包抓领导"), ("department", "责任单位负责人"), ("division", "园区（属地）负责人"))


def has_start_record(facts: Facts) -> Iterator[str]:
    if not facts.has_start_record:
        yield "还没有开工记录：请登记开工内容、地点和现场照片。"


def energy_is_reviewed(facts: Facts) -> Iterator[str]:
    """节能审查: no opinion, no start. Unknown use is told, not taken for none."""
    level = energy_review(facts.fields.get("energy_tce"), facts.fields.get("electricity_kwh"), facts.lines)
    paper = next((each for each in facts.papers if each.kind.code == "energy"), None)
    if level is None:
        yield "年综合能耗和用电量待补，不能判断是否需要节能审查。"
    elif level != NO_REVIEW and (paper is None or paper.state == PaperState.NOT_NEEDED):
        yield f"按能耗应由{REVIEWERS[level]}审查，“节能审查意见”不能标为不需要。"


NO_REVIEW, BY_CITY, BY_PROVINCE = "none", "city", "province"
REVIEWERS = {BY_CITY: "地方节能审查机关", BY_PROVINCE: "省级节能审查机关"}


def energy_review(tce: Decimal | None, kwh: int | None, lines: Mapping[str, Any]) -> str | None:
    """Who reviews: below both lines (1000 tce and 5 million kWh a year) nobody, from the provincial line the province.
    None while what is known does not settle it."""
    if tce is not None and tce >= lines["province_tce"]:
        return BY_PROVINCE
    if (tce is not None and tce >= lines["energy_tce"]) or (kwh is not None and kwh >= lines["energy_kwh"]):
        return BY_CITY
    return None if tce is None or kwh is None else NO_REVIEW


def is_at_capacity(facts: Facts) -> Iterator[str]:
    """达产: so many months in a row (3) with so much of the designed quantity a month (80 %)."""
    design, share, months = (
        facts.fields.get("capacity"),
        facts.lines["capacity_share"],
        facts.lines["capacity_months"],
    )
    if not design:
        yield "设计产能待补，不能判断是否达产。"
        return
    monthly = Decimal(design) / 12 * share / 100
    last = sorted(facts.yields, key=lambda each: each.month)[-months:]
    good = [each for each in last if each.quantity is not None and each.quantity >= monthly]
    if len(last) < months or len(good) < months or not _in_a_row([each.month for each in last]):
        yield f"达产要连续 {months} 个月产量不低于设计的 {share}%（每月 {monthly:.1f}），现有 {len(good)} 个月符合。"


def is_at_target(facts: Facts) -> Iterator[str]:
    """达效: output and tax of the last twelve months both at or above what was designed (or promised)."""
    last = sorted(facts.yields, key=lambda each: each.month)[-12:]
    for name, design, title in (
        ("output_fen", "design_output_fen", "产值"),
        ("tax_fen", "design_tax_fen", "税收"),
    ):
        wanted, values = facts.fields.get(design), [getattr(each, name) for each in last]
        if wanted is None:
            yield f"设计年{title}待补，不能判断是否达效。"
        elif len(values) < 12 or None in values or not _in_a_row([each.month for each in last]):
            yield f"近 12 个月的{title}不全，不能判断是否达效。"
        elif sum(values) < wanted:
            yield f"近 12 个月{title} {wan(sum(values))} 万元，低于设计的 {wan(wanted)} 万元。"


def wan(fen: int) -> str:
    """分 in 万元, for sentences."""
    value = (Decimal(fen) / 1_000_000).quantize(Decimal("0.01")).normalize()
    return f"{value:,f}"


def _in_a_row(months: list[date]) -> bool:
    numbers = [month.year * 12 + month.month for month in months]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False


# what counts as a start


@dataclass(frozen=True, slots=True)
class Works:
    """A kind of works on a site; `counts` says whether it is a start 开工."""

    code: str
    title: str
    counts: bool


WORKS = (
    Works("trench", "永久性工程正式破土开槽", True),
    Works("pile", "正式打桩（不需开槽的）", True),
    Works("earth", "土石方或水下工程正式开始（线路、水利）", True),
    Works("delivery", "设备到场（单纯购置）", True),
    Works("levelling", "平整场地", False),
    Works("demolition", "拆迁、旧建筑物拆除", False),
    Works("supplies", "三通一平、临时道路", False),
    Works("survey", "地质勘察、测量", False),
    Works("ceremony", "开工仪式、围挡", False),
)
WORKS_BY_CODE = {works.code: works for works in WORKS}


def start_faults(works: str, photos: int, lon: float | None, lat: float | None, verifier: str) -> list[str]:
    """Why a start is not one: the works do not count, or photo, place or the person who checked is missing."""
    found = WORKS_BY_CODE.get(works)
    said = []
    if found is None:
        said.append("请选择开工内容。")
    elif not found.counts:
        said.append(f"“{found.title}”不算开工，也不能报完成投资；以永久性工程第一次正式破土开槽为准。")
    if photos < 1:
        said.append("开工要有现场照片。")
    if lon is None or lat is None:
        said.append("开工要有地点坐标（手机拍照带定位，或在地图上点选）。")
    if not verifier.strip():
        said.append("请写明现场核实人的姓名、单位和职务。")
    return said


# the usual life and the usual papers

STAGES = (
    Stage("lead", "谋划"),
    Stage("reserve", "储备"),
    Stage("prelim", "前期", "blue"),
    Stage("started", "开工", "yellow", dates="started_on"),
    Stage("building", "在建", "yellow"),
    Stage("completed", "竣工", "green", dates="finished_on"),
    Stage("producing", "投产", "green", dates="operated_on"),
    Stage("at_capacity", "达产", "green"),
    Stage("at_target", "达效", "green"),
    Stage("suspended", "停缓建", "red", is_aside=True),
    Stage("terminated", "终止", "grey", is_end=True),
    Stage("removed", "调出", "grey", is_end=True),
)
_GOING = ("lead", "reserve", "prelim", "started", "building")
UNDER_WAY = ("started", "building")
NOT_STARTED = ("lead", "reserve", "prelim")

GATES = (
    Gate(("lead",), "reserve", "纳入储备", needs=(("total_fen", "总投资"), ("analysis", "必要性分析")), guards=(has_someone_behind, has_site)),
    Gate(("reserve",), "prelim", "转入前期", needs=(("code", "投资项目代码"),), guards=(triad_is_whole,)),
    Gate(("prelim",), "started", "开工", papers=True, guards=(has_start_record, energy_is_reviewed)),
    Gate(("started",), "building", "转入在建"),
    Gate(("started", "building"), "completed", "竣工", papers=True),
    Gate(("completed",), "producing", "投产", papers=True),
    Gate(("producing",), "at_capacity", "达产", guards=(is_at_capacity,)),
    Gate(("at_capacity",), "at_target", "达效", guards=(is_at_target,)),
    Gate(("prelim", "started", "building"), "suspended", "停缓建", needs_reason=True),
    Gate(("suspended",), RESUME, "复工", needs_reason=True),
    Gate((*_GOING, "suspended"), "terminated", "终止", needs_reason=True),
    Gate((*_GOING, "suspended"), "removed", "调出", needs_reason=True),
)  # fmt: skip

LIFE = Lifecycle(STAGES, GATES)

PAPERS = (
    PaperKind("approval", "立项（审批、核准或备案）", "started"),
    PaperKind("land_pre", "用地预审与选址意见书", "started"),
    PaperKind("land", "用地批准或出让合同", "started"),
    PaperKind("plan_land", "建设用地规划许可证", "started", may_be_promised=True),
    PaperKind("plan_work", "建设工程规划许可证", "started", may_be_promised=True),
    PaperKind("eia", "环境影响评价", "started"),
    PaperKind("energy", "节能审查意见", "started"),
    PaperKind("water", "水土保持方案", "started", may_be_promised=True),
    PaperKind("stability", "社会稳定风险评估", "started", by_default=False),
    PaperKind("drawings", "施工图审查", "started", may_be_promised=True),
    PaperKind("construction", "建筑工程施工许可证", "started", may_be_promised=True),
    PaperKind("ore", "压覆矿产评估", "started", by_default=False),
    PaperKind("relics", "文物调查勘探", "started", by_default=False),
    PaperKind("geology", "地质灾害危险性评估", "started", by_default=False),
    PaperKind("main_content", "建设内容说明", "entry"),
    PaperKind("contract", "施工合同", "entry"),
    PaperKind("site_photos", "施工现场照片", "entry"),
    PaperKind("licence", "营业执照", "entry"),
    PaperKind("legal_person_proof", "法人单位在库证明", "entry", by_default=False),
    PaperKind("voucher", "设备购置合同和付款凭证", "entry", by_default=False),
    PaperKind("arrival_photos", "设备到货照片", "entry", by_default=False),
    PaperKind("acceptance", "竣工验收（备案）", "completed"),
    PaperKind("trial_run", "主要生产线试车合格记录", "producing"),
    PaperKind("first_sale", "首张发票或首次计量", "producing"),
)
"""Those of a construction project; a kind of project may bring its own list."""
