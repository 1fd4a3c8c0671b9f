"""Key projects of the demonstration city 云川市 in 2026: 160 projects, synthetic and seeded; every name is invented.

Rows are laid down in bulk, for a second's start; what they say keeps the rules that the actions keep (tests/test_demo.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from luodi.kernel.clock import months_later
from luodi.kernel.models import Division, Person, Unit
from luodi.scenarios.key_projects import actions
from luodi.scenarios.key_projects.models import FirmMeasure, FirmPlan, Fund, Payment
from luodi.scenarios.key_projects.pages import KEY
from luodi.shapes.projects import staging
from luodi.shapes.projects.models import (
    Charge,
    Milestone,
    MonthReport,
    Paper,
    PlanChange,
    Problem,
    Project,
    Start,
    StartDelay,
    Step,
    YearPlan,
)  # fmt: skip
from luodi.shapes.registers.models import Enterprise

HOW_MANY, YEAR = 160, 2026
WAN, YI = 1_000_000, 10_000_000_000
REPORTED = date(2026, 10, 1)
TODAY = date(2026, 11, 20)
STARTS = {1: 48, 2: 35, 3: 30, 4: 9}
"""Starts planned in each quarter; those left began the year under way, or are still in 前期."""

CENTRES = {
    "990102": (109.20, 35.10), "990103": (109.32, 35.16), "990121": (109.52, 35.28), "990122": (109.12, 35.42), "990123": (109.66, 35.46),
    "990181": (109.44, 34.98),
}  # fmt: skip
HEADS = {
    "gongxin": "连成片", "fagai": "谋先行", "jiaotong": "路畅通", "shuili": "源长流", "zhujian": "楼平安", "nongye": "田增产", "wenlv": "游尽兴",
    "shangwu": "货如轮", "weijian": "医者仁", "jiaoyu": "学而优", "minzheng": "安老怀", "shengtai": "水长清", "gongan": "盾守城", "shuju": "云上行",
    "chengguan": "街常净", "tiyu": "健步行", "keji": "创无涯", "ziran": "地尽用",
}  # fmt: skip
TOWNS = {
    "990102": "区长澄如镜",
    "990103": "区长朝向阳",
    "990121": "县长松挺拔",
    "990122": "县长茗留香",
    "990123": "县长禾千顷",
    "990181": "市长渡无忧",
}

# name, category, GB/T 4754, lead, leader, division, total in 亿元
NAMED = (
    ("白渡栗山煤矿90万吨产能核增", "industry", "B06", "gongxin", "gongye", "990181", 6.8),
    ("岚石建材年产300万吨骨料", "industry", "C30", "gongxin", "gongye", "990102", 5.2),
    ("澄岚特种水泥二线", "industry", "C30", "gongxin", "gongye", "990102", 9.5),
    ("经开区轻合金产业园二期", "industry", "C32", "gongxin", "gongye", "990121", 18.0),
    ("航材锻件", "industry", "C33", "gongxin", "gongye", "990121", 7.6),
    ("再生铝保级利用", "industry", "C32", "gongxin", "gongye", "990121", 8.8),
    ("启元压铸汽车结构件", "industry", "C36", "gongxin", "gongye", "990121", 6.1),
    ("松陂循环产业园危废处置中心", "ecology", "N77", "shengtai", "chengjian", "990121", 3.4),
    ("松陂循环产业园蒸汽管网", "infrastructure", "D44", "gongxin", "gongye", "990121", 1.6),
    ("青坞中药饮片扩能", "industry", "C27", "gongxin", "gongye", "990122", 2.9),
    ("禾丰蓝莓精深加工", "industry", "C14", "nongye", "sannong", "990123", 2.2),
    ("白渡无人机试飞基地", "industry", "G56", "fagai", "changwu", "990181", 4.5),
    ("磷酸铁锂正极材料二期", "industry", "C38", "gongxin", "gongye", "990103", 26.0),
    ("固态电池中试线", "industry", "C38", "keji", "gongye", "990103", 3.8),
    ("高新区光电显示产业园三期", "industry", "C39", "gongxin", "gongye", "990102", 15.5),
    ("云禾快线", "infrastructure", "E48", "jiaotong", "chengjian", "990123", 18.0),
    ("松陂灌区续建改造", "infrastructure", "E48", "shuili", "sannong", "990121", 4.1),
    ("禾丰县北部片区农村供水工程", "livelihood", "D46", "shuili", "sannong", "990123", 2.6),
    ("雁回湖景区提升", "industry", "N78", "wenlv", "minsheng", "990122", 3.3),
    ("青坞茶马古道沉浸式体验", "industry", "R90", "wenlv", "minsheng", "990122", 2.1),
    ("禾丰冷链仓储中心", "industry", "G59", "shangwu", "minsheng", "990123", 1.9),
    ("白渡公铁联运物流园", "infrastructure", "G58", "jiaotong", "chengjian", "990181", 11.2),
    ("沿江路等5条道路提升改造", "infrastructure", "E48", "zhujian", "chengjian", "990102", 3.0),
    ("书院街等4条道路提升改造", "infrastructure", "E48", "zhujian", "chengjian", "990102", 2.4),
    ("地下综合管廊一期", "infrastructure", "E48", "zhujian", "chengjian", "990103", 5.8),
    ("老旧供水管网更新", "livelihood", "D46", "zhujian", "chengjian", "990102", 2.7),
    ("高新区供热管网", "livelihood", "D44", "zhujian", "chengjian", "990102", 2.0),
    ("人民广场停车楼", "livelihood", "G54", "zhujian", "chengjian", "990102", 1.1),
    ("市中心医院停车楼", "livelihood", "G54", "zhujian", "chengjian", "990103", 0.9),
    ("政务和公安大数据中心", "infrastructure", "I65", "shuju", "pingan", "990102", 3.6),
    ("澄岚区雨污分流改造", "ecology", "E48", "zhujian", "chengjian", "990102", 4.2),
    ("建筑垃圾资源化利用厂", "ecology", "N77", "chengguan", "chengjian", "990103", 1.5),
    ("云川职业技术学院二期", "livelihood", "P83", "jiaoyu", "minsheng", "990103", 4.9),
    ("市中医院康复楼", "livelihood", "Q84", "weijian", "minsheng", "990102", 2.3),
    ("市疾控中心实验楼", "livelihood", "Q84", "weijian", "minsheng", "990103", 1.4),
    ("市殡仪服务中心迁建", "livelihood", "O80", "minzheng", "minsheng", "990121", 1.2),
    ("市全民健身中心", "livelihood", "R89", "tiyu", "minsheng", "990103", 2.8),
    ("澄岚区图书馆新馆", "livelihood", "R88", "wenlv", "minsheng", "990102", 0.8),
)  # fmt: skip
# what the rest are made of: what is built, category, GB/T 4754, lead, leader
PATTERNS = (
    ("轻合金精密铸件", "industry", "C33", "gongxin", "gongye"), ("电池结构件", "industry", "C38", "gongxin", "gongye"),
    ("中药提取车间", "industry", "C27", "gongxin", "gongye"), ("绿色食品加工", "industry", "C14", "nongye", "sannong"),
    ("标准厂房", "industry", "K70", "gongxin", "gongye"), ("设备更新和技术改造", "industry", "C30", "gongxin", "gongye"),
    ("新型储能电站", "industry", "D44", "fagai", "changwu"), ("屋顶光伏", "industry", "D44", "fagai", "changwu"),
    ("高标准农田", "infrastructure", "A05", "nongye", "sannong"), ("水库除险加固", "infrastructure", "E48", "shuili", "sannong"),
    ("县乡公路改造", "infrastructure", "E48", "jiaotong", "chengjian"), ("断头路打通", "infrastructure", "E48", "zhujian", "chengjian"),
    ("老旧小区改造片区", "livelihood", "E47", "zhujian", "chengjian"), ("中学迁建", "livelihood", "P83", "jiaoyu", "minsheng"),
    ("县医院综合楼", "livelihood", "Q84", "weijian", "minsheng"), ("养老服务中心", "livelihood", "Q85", "minzheng", "minsheng"),
    ("历史遗留矿山修复", "ecology", "N77", "ziran", "chengjian"), ("污水处理厂提标", "ecology", "D46", "shengtai", "chengjian"),
    ("民宿集群", "industry", "H61", "wenlv", "minsheng"), ("冷链物流中心", "industry", "G59", "shangwu", "minsheng"),
)  # fmt: skip
PLACES = {
    "990102": ("城东", "云水", "南岸"), "990103": ("朝岭新城", "学府", "岭北"), "990121": ("松陂城关", "陂头", "灌区"), "990122": ("青坞古镇", "茶山", "坞口"),
    "990123": ("禾丰城关", "北片", "果园"), "990181": ("白渡口", "栗山", "机场"),
}  # fmt: skip
TROUBLES = (
    ("地块内三户未签征迁协议，影响场地移交", "clearance"), ("用地指标未落实，报件待省级批复", "land"), ("专项债资金未到位，施工单位垫资困难", "money"),
    ("10千伏线路需迁改，方案未批", "other"), ("环评变动需重新报批", "papers"), ("投资方调整设备方案，采购推迟", "investor"),
    ("弃土场选址未定", "land"), ("临时用水用电接入排队", "other"), ("银行贷款审批周期长", "money"), ("林地手续未办结", "papers"),
)  # fmt: skip
WORDS = (
    "场地清表、临建搭设",
    "基础开挖和桩基施工",
    "主体结构施工",
    "主体封顶，二次结构砌筑",
    "设备进场安装",
    "装饰和室外管网",
    "设备调试，准备验收",
)


@transaction.atomic
def load() -> None:
    """Projects with all that belongs to them. Does nothing where key projects are already."""
    if Project.objects.filter(kind=KEY.code).exists():
        return
    book = staging.Book(Random(20260121))
    people = {person.login: person for person in Person.objects.all()}
    units = {unit.key: unit for unit in Unit.objects.all()}
    divisions = {division.code: division for division in Division.objects.all()}
    firms = list(Enterprise.objects.filter(status="active").select_related("division").order_by("pk")[:120])
    plans = list(_plans(book.chance))
    for number, (told, quarter) in enumerate(plans, start=1):
        book.projects.append(_project(number, told, quarter, units, divisions, firms, book.chance))
    Project.objects.bulk_create(book.projects)
    for project, (told, quarter) in zip(book.projects, plans, strict=True):
        _around(book, project, told, quarter, people, units)
    for model in (
        Charge,
        Paper,
        Start,
        Step,
        YearPlan,
        MonthReport,
        Milestone,
        Problem,
        StartDelay,
        PlanChange,
    ):
        model.objects.bulk_create(book.rows.get(model, []), batch_size=500)
    staging.photos(people["fagai"], book.rows[Start], date(2026, 7, 1), book.chance)
    _funds(people["fagai"], book.projects, book.chance)
    _ceremonies(people["fagai"], book.projects)
    _firm_plans(people["gongxin"], firms[:12], units, book.chance)


def _plans(chance: Random) -> Iterator[tuple[tuple[Any, ...], int]]:
    """Each project as told in NAMED, and the quarter of its planned start (0: under way before, 5: not this year)."""
    quarters = [quarter for quarter, count in STARTS.items() for _ in range(count)]
    quarters += [5] * 6 + [0] * (HOW_MANY - len(quarters) - 6)
    chance.shuffle(quarters)
    codes, seen = list(CENTRES), dict[str, int]()
    for at in range(HOW_MANY):
        if at < len(NAMED):
            yield NAMED[at], 5 if NAMED[at][0] == "云禾快线" else quarters[at]
            continue
        what, category, industry, lead, leader = PATTERNS[at % len(PATTERNS)]
        division = codes[(at * 5 + at // len(PATTERNS)) % len(codes)]
        place = PLACES[division][at // len(PATTERNS) % 3]
        total = round(chance.uniform(0.6, 5.5) if category != "industry" else chance.uniform(1.2, 8.5), 2)
        again = seen[f"{place}{what}"] = seen.get(f"{place}{what}", 0) + 1
        yield (
            (
                f"{place}{what}{'二期' if again == 2 else '三期' if again > 2 else ''}",
                category,
                industry,
                lead,
                leader,
                division,
                total,
            ),
            quarters[at],
        )


def _project(
    number: int, told: tuple[Any, ...], quarter: int, units: dict[str, Unit], divisions: dict[str, Division], firms: list[Enterprise], chance: Random
) -> Project:  # fmt: skip
    name, category, industry, lead, _leader, code, total = told
    division, (lon, lat) = divisions[code], CENTRES[code]
    start_due = _start_due(quarter, chance)
    finish_due = (
        start_due + timedelta(days=chance.randrange(300, 800))
        if quarter
        else date(2026, chance.randrange(5, 13), 28)
    )
    firm = chance.choice(firms) if category == "industry" and firms else None
    stage, started, finished = _stage(quarter, start_due, finish_due, chance)
    operated = (
        finished + timedelta(days=30)
        if finished and category == "industry" and finished < date(2026, 9, 1)
        else None
    )
    if operated:
        stage = "producing"
    zone = (
        {"990121": "990172", "990102": "990171", "990103": "990171"}.get(code)
        if category == "industry" and number % 2
        else None
    )
    entered = (
        started + timedelta(days=chance.randrange(12, 40))
        if started and chance.random() < (0.97 if started < date(2026, 8, 1) else 0.8)
        else None
    )
    if entered and entered > TODAY:
        entered = None
    capacity = Decimal(chance.randrange(5, 400) * 10) if category == "industry" else None
    return Project(
        kind=KEY.code, number=f"ZD2026-{number:03}", code=f"{26 if quarter else 25}0{1 + number % 9}-000099-04-01-{100000 + number * 37}"[:24], name=f"{name}项目（演示）",
        content=f"{name}及配套设施，总投资 {total} 亿元。", analysis="列入云川市2026年政府工作计划。", category=category, industry=industry,
        nature="renewal" if "改造" in name or "更新" in name else "new", approval="filed" if category == "industry" else "examined",
        rank="provincial" if total >= 10 else "municipal", division=division, zone=divisions.get(zone or ""), lead=units[lead], owner=firm,
        owner_name="" if firm else f"云川{HEADS.get(lead, '城')}建设管理中心（演示）", address=f"{division.name}演示路{number}号", parcel=f"YC{code[-4:]}-{number:03}",
        lon=round(lon + chance.uniform(-0.05, 0.05), 5), lat=round(lat + chance.uniform(-0.05, 0.05), 5), total_fen=int(total * YI),
        spent_before_fen=int(total * YI * chance.uniform(0.2, 0.45)) if not quarter else 0, land_mu=Decimal(chance.randrange(15, 300)),
        energy_tce=Decimal(chance.randrange(100, 9000)), electricity_kwh=chance.randrange(200_000, 20_000_000), capacity=capacity,
        capacity_unit="吨" if capacity else "", design_output_fen=int(total * YI * 1.4) if capacity else None, design_tax_fen=int(total * YI * 0.06) if capacity else None,
        stage=stage, stage_since=finished or started or date(2026, 1, 10), start_due_on=start_due, finish_due_on=finish_due, started_on=started, finished_on=finished,
        operated_on=operated, operate_due_on=finish_due + timedelta(days=60) if category == "industry" else None, stat_entered_on=entered,
        tags=["中央预算内"] if category != "industry" and number % 4 == 0 else [],
    )  # fmt: skip


def _start_due(quarter: int, chance: Random) -> date:
    if quarter == 0:
        return date(2025, chance.randrange(2, 11), chance.randrange(1, 28))
    if quarter == 5:
        return date(2027, chance.randrange(1, 4), 15)
    month = quarter * 3 - 2 + chance.randrange(3)
    return date(2026, month if quarter < 4 else chance.choice([10, 11]), chance.randrange(8, 28))


def _stage(
    quarter: int, start_due: date, finish_due: date, chance: Random
) -> tuple[str, date | None, date | None]:
    """Where it stands on the 20th of November: a few starts are late, and some that were to finish did."""
    if quarter == 5:
        return chance.choice(["reserve", "prelim"]), None, None
    late = chance.choice([0, 0, 0, 0, 0, 0, 3, 9, 25]) if quarter else 0
    started = start_due + timedelta(days=late)
    if started > TODAY or (quarter >= 2 and chance.random() < 0.06):
        return "prelim", None, None
    if not quarter and finish_due < date(2026, 10, 1) and chance.random() < 0.7:
        return "completed", started, finish_due + timedelta(days=chance.randrange(-10, 20))
    return ("building" if (TODAY - started).days > 60 else "started"), started, None


def _around(
    book: staging.Book,
    project: Project,
    told: tuple[Any, ...],
    quarter: int,
    people: dict[str, Person],
    units: dict[str, Unit],
) -> None:
    """Everything that hangs on one project."""
    chance, by = book.chance, people["fagai"]
    leader = people["shizhang"] if project.total_fen >= 20 * YI else people[told[4]]
    town = TOWNS[project.division.code]
    seat = next(
        unit
        for unit in units.values()
        if unit.division_id == project.division_id and unit.function == "属地政府"
    )
    since = date(2026, 1, 10)
    book.add(
        Charge(
            project=project,
            part="leader",
            unit=units["zhengfuban"],
            person=leader,
            name=leader.name,
            post="包抓领导",
            valid_from=since,
        ),
        Charge(
            project=project,
            part="department",
            unit=project.lead,
            name=HEADS.get(project.lead.key, "干在先"),
            post="主要负责人",
            valid_from=since,
        ),
        Charge(project=project, part="division", unit=seat, name=town[2:], post=town[:2], valid_from=since),
    )
    staging.papers(book, project, TODAY)
    staging.life(book, project, by)
    if project.started_on:
        book.add(Start(
            project=project, on=project.started_on, works="trench" if chance.random() < 0.8 else "pile", words="1 号单体基础", lon=project.lon + 0.001, lat=project.lat + 0.001,
            verifier=f"{HEADS.get(project.lead.key, '干在先')}，{project.lead.called}", by=by,
        ))  # fmt: skip
    if quarter != 5:
        _plan_and_reports(book, project, quarter, by)
        staging.milestones(book, project, TODAY)
    if project.stage in ("started", "building") and chance.random() < 0.28:
        _problem(book, project, by, units, seat)
    if project.started_on is None and project.start_due_on.year == YEAR and chance.random() < 0.6:
        month = max(project.start_due_on.replace(day=1), date(2026, 10, 1))
        book.add(StartDelay(project=project, month=month, reason=chance.choice(["land", "papers", "money"]), words="用地和施工许可未办结，正在补件", new_on=months_later(month, 2).replace(day=15), by=by))  # fmt: skip


def _plan_and_reports(book: staging.Book, project: Project, quarter: int, by: Person) -> None:
    """A plan, and reports from the start to October along an S; some are behind, a few stopped reporting, one was corrected."""
    chance = book.chance
    left = project.total_fen - (project.spent_before_fen or 0)
    share = chance.uniform(0.52, 0.76) if quarter in (0, 1) else chance.uniform(0.35, 0.6)
    plan_fen = int(left * share) // WAN * WAN
    plan = YearPlan(
        project=project,
        year=YEAR,
        since=date(YEAR, 1, 1),
        plan_fen=plan_fen,
        first_fen=plan_fen,
        goal="完成年度投资，按节点推进",
        months=staging.by_months(plan_fen, project.start_due_on.month) if quarter else [],
    )
    if chance.random() < 0.06:
        plan.plan_fen = plan_fen * 8 // 10 // WAN * WAN
        book.add(PlanChange(project=project, item="year_plan", year=YEAR, old=str(plan_fen), new=str(plan.plan_fen), reason="用地指标推迟，年度投资相应调减", author=by, state="approved", decided_by=Person.objects.get(login="changwu"), decided_at=timezone.now(), opinion="同意"))  # fmt: skip
    elif chance.random() < 0.03:
        book.add(PlanChange(project=project, item="year_plan", year=YEAR, old=str(plan_fen), new=str(plan_fen * 9 // 10 // WAN * WAN), reason="设备到货推迟", author=by))  # fmt: skip
    book.add(plan)
    if project.started_on is None:
        return
    reach = chance.choices([1.12, 1.03, 0.98, 0.88, 0.7, 0.45], [16, 36, 28, 10, 6, 4])[0]
    first = max(project.started_on.replace(day=1), date(YEAR, 1, 1))
    last = min(REPORTED, project.finished_on.replace(day=1)) if project.finished_on else REPORTED
    months, month = [], first
    while month <= last:
        months.append(month)
        month = months_later(month, 1)
    if len(months) > 3 and chance.random() < 0.04:
        months.pop()
    before, own_share, told = 0, chance.uniform(0.3, 0.6), chance.uniform(0.93, 1)
    for at, month in enumerate(months, start=1):
        due = plan.task[month.month - 1] if plan.months else plan.plan_fen * month.month // 12
        if project.finished_on:
            due, reach = plan.plan_fen * at // len(months), max(reach, 0.98)
        ytd = min(
            max(int(due * reach * chance.uniform(0.97, 1.03)) // WAN * WAN, before),
            int(left * 0.98) // WAN * WAN,
        )
        own = int(ytd * own_share) // WAN * WAN
        book.add(MonthReport(
            project=project, month=month, ytd_fen=ytd, month_fen=ytd - before, building_fen=int(ytd * 0.62) // WAN * WAN, installing_fen=int(ytd * 0.13) // WAN * WAN, equipment_fen=int(ytd * 0.15) // WAN * WAN,
            budget_fen=int(ytd * 0.2) // WAN * WAN if project.category != "industry" else 0, loans_fen=int(ytd * 0.25) // WAN * WAN, own_fen=own, stat_fen=int(ytd * told) // WAN * WAN if project.stat_entered_on and project.stat_entered_on <= month else None,
            progress=WORDS[min(at * len(WORDS) // 11, len(WORDS) - 1)], next_steps="按倒排工期推进", by=by,
        ))  # fmt: skip
        before = ytd
    if months and chance.random() < 0.05:
        kept = book.rows[MonthReport][-1]
        kept.revision, kept.why = 2, "漏报设备购置款"
        wrong = int(kept.ytd_fen * 0.97)
        book.add(
            MonthReport(
                project=project,
                month=kept.month,
                is_current=False,
                ytd_fen=wrong,
                month_fen=max(wrong - kept.ytd_fen + kept.month_fen, 0),
                progress=kept.progress,
                by=by,
            )
        )


def _problem(book: staging.Book, project: Project, by: Person, units: dict[str, Unit], seat: Unit) -> None:
    chance = book.chance
    words, reason = chance.choice(TROUBLES)
    owner = {
        "clearance": seat,
        "land": units["ziran"],
        "money": units["caizheng"],
        "papers": units["xingzheng"],
    }.get(reason, project.lead)
    raised = date(2026, 9, 1) + timedelta(days=chance.randrange(75))
    dates = [raised + timedelta(days=20)]
    if chance.random() < 0.4 and dates[0] < TODAY - timedelta(days=10):
        dates.append(dates[0] + timedelta(days=25))
    solved = dates[-1] - timedelta(days=2) if chance.random() < 0.45 and dates[-1] < TODAY else None
    book.add(Problem(
        project=project, words=words, reason=reason, owner=owner, raised_on=raised, raised_by=by, due_on=dates[-1], dates=[day.isoformat() for day in dates],
        progress="已现场协调一次" if len(dates) > 1 else "", solved_on=solved, solution="已现场协调解决" if solved else "",
    ))  # fmt: skip


def _funds(by: Person, projects: Sequence[Project], chance: Random) -> None:
    """Bids of public projects; four in five granted, and paid as the works go on. Central grants come to 14.6 亿元."""
    public = [
        project for project in projects if project.category != "industry" and project.stage != "reserve"
    ][:34]
    rows = []
    for at, project in enumerate(public, start=1):
        source = ("central", "central", "special_bond", "central", "treasury_bond")[at % 5]
        asked = int(project.total_fen * chance.uniform(0.27, 0.445)) // WAN * WAN
        is_granted = chance.random() < 0.82
        granted_on = date(2026, 2 + at % 7, 18)
        granted = asked * 9 // 10 // WAN * WAN if is_granted else None
        can_be_paid = (
            granted is not None and project.started_on is not None and granted_on < TODAY - timedelta(days=40)
        )
        rows.append(Fund(
            number=f"ZJ2026-{at:03}", project=project, source=source, window=f"2026 年第 {1 + at % 3} 批", asked_on=date(2026, 1, 15) + timedelta(days=at), asked_fen=asked,
            granted_on=granted_on if granted else None, granted_fen=granted, doc_no=f"演示发改投资〔2026〕{at}号" if granted else "",
            paid_fen=int(granted * chance.choice([0.2, 0.45, 0.7, 0.85])) // WAN * WAN if can_be_paid else 0,
        ))  # fmt: skip
    Fund.objects.bulk_create(rows)
    Payment.objects.bulk_create(
        Payment(fund=fund, on=max(fund.granted_on, fund.project.started_on) + timedelta(days=12), fen=fund.paid_fen, payee="云川城建集团（演示）", voucher=f"BF2026-{fund.pk:04}", basis="监理签认的工程进度款")
        for fund in rows
        if fund.paid_fen
    )  # fmt: skip


def _ceremonies(by: Person, projects: Sequence[Project]) -> None:
    for quarter, on in ((1, date(2026, 3, 26)), (2, date(2026, 6, 25)), (3, date(2026, 9, 24))):
        due = [
            row
            for row in projects
            if row.start_due_on.year == YEAR and (row.start_due_on.month - 1) // 3 + 1 == quarter
        ]
        actions.hold_event(
            by, f"云川市2026年{'一二三'[quarter - 1]}季度集中开工（演示）", on, "经开区主会场", due
        )


def _firm_plans(by: Person, firms: Sequence[Enterprise], units: dict[str, Unit], chance: Random) -> None:
    for at, firm in enumerate(firms):
        plan = FirmPlan.objects.create(
            enterprise=firm,
            diagnosis="订单充足，流动资金和用工偏紧。",
            asks="续贷、熟练工、用电增容",
            made_on=date(2026, 2 + at % 9, 12),
            by=by,
        )
        for words, key in (
            ("协调续贷 800 万元", "jinrong"),
            ("组织专场招聘", "renshe"),
            ("用电增容提前受理", "fagai"),
        ):
            due = plan.made_on + timedelta(days=45)
            done = due - timedelta(days=5) if due < TODAY and chance.random() < 0.8 else None
            FirmMeasure.objects.create(
                plan=plan,
                words=words,
                owner=units[key],
                due_on=due,
                done_on=done,
                result="已办结，企业确认" if done else "",
            )
