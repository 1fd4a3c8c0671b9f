"""Fictional statistics of the demonstration city and its counties, and the evaluations that follow from them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from luodi.assessment import actions as assessment
from luodi.assessment.kinds import SchemeKind, scheme_kind
from luodi.kernel.models import Division, Person, Unit
from luodi.measures.importing import bring_in
from luodi.scenarios.county_performance.actions import QUARTERLY, YEARLY
from luodi.scenarios.county_performance.models import Honour, Signing, Town, TownInvestment
from luodi.scenarios.county_performance.pages.scoring import counties

LAST = date(2026, 10, 1)
"""The last month that the fictional bureau has published."""
COUNTY_SINCE, CITY_SINCE = 2025, 2022
# title, the city's amount in 2022 (亿元), growth in 2026, months in a year's share
AMOUNTS = (
    ("固定资产投资", 402.0, 8.9, "亿元", (2, 3, 7, 8, 9, 10, 8, 8, 10, 11, 12, 12)),
    ("工业投资", 138.0, 9.6, "亿元", (2, 3, 8, 8, 9, 10, 8, 8, 10, 11, 11, 12)),
    ("规模以上工业增加值", 246.0, 7.6, "亿元", (7, 7, 9, 8, 8, 9, 8, 8, 9, 9, 9, 9)),
    ("社会消费品零售总额", 318.0, 6.3, "亿元", (9, 8, 8, 8, 8, 8, 8, 8, 8, 9, 9, 9)),
    ("一般公共预算收入", 41.6, 4.7, "亿元", (10, 7, 9, 8, 8, 10, 8, 7, 8, 8, 7, 10)),
)  # fmt: skip
QUARTERS = (
    ("地区生产总值", 812.0, 6.1, "亿元", (21, 25, 26, 28)),
    ("城镇居民人均可支配收入", 33800.0, 5.7, "元", (27, 23, 25, 25)),
    ("农村居民人均可支配收入", 14900.0, 7.2, "元", (29, 21, 24, 26)),
)
RATES = (
    ("城镇调查失业率", "%", "越低越好", 5.3, 0.15),
    ("居民消费价格涨幅", "%", "适度", 1.6, 0.4),
)
YEARLY_FIGURES = (
    ("研发投入强度", "%", "越高越好", 1.6, 0.5), ("高企和科技型中小企业净增", "户", "越高越好", 14, 8),
    ("战略性新兴产业占比", "%", "越高越好", 15, 5), ("规上工业亩均税收", "万元/亩", "越高越好", 20, 5), ("数字经济核心产业占比", "%", "越高越好", 5.2, 2),
    ("城乡居民收入增速", "%", "越高越好", 6.4, 0.8), ("城乡居民收入比", "", "越低越好", 2.25, 0.2),
    ("城镇新增就业完成率", "%", "越高越好", 104, 6), ("教育医疗服务指数", "分", "越高越好", 82, 5),
    ("单位地区生产总值能耗降低率", "%", "越高越好", 3.2, 0.9), ("断面水质达标率", "%", "越高越好", 97, 2),
    ("污水治理率", "%", "越高越好", 68, 16), ("绿化覆盖率", "%", "越高越好", 52, 9),
    ("生产安全事故死亡人数下降率", "%", "越高越好", 9, 8), ("信访事项及时办结率", "%", "越高越好", 97, 2),
    ("平安建设群众满意度", "%", "越高越好", 95, 1.5), ("政府债务率", "%", "越低越好", 165, 40), ("空气优良天数比例", "%", "越高越好", 91, 3),
)  # fmt: skip
WEIGHTS = {"990102": 0.29, "990103": 0.165, "990121": 0.19, "990122": 0.08, "990123": 0.10, "990181": 0.175}
OWNERS = {
    "gdp": "tongji", "fai": "tongji", "ifai": "tongji", "iva": "tongji", "retail": "tongji", "revenue": "caizheng", "rd": "keji", "firms": "keji",
    "strategic": "tongji", "mu": "gongxin", "digital": "shuju", "income": "tongji", "gap": "tongji", "jobs": "renshe", "service": "weijian",
    "energy": "fagai", "air": "shengtai", "water": "shengtai", "sewage": "zhujian", "green": "zhujian", "safety": "yingji", "petition": "xinfang",
    "peace": "gongan", "debt": "caizheng",
}  # fmt: skip
TOWNS = (
    ("990121", "岚石镇", "town", "轻合金配套"), ("990121", "云渠村", "village", "灌区粮食"), ("990122", "青坞镇", "town", "古镇文旅"),
    ("990122", "雾里村", "village", "岚茶"), ("990123", "禾丰镇", "town", "冷链物流"), ("990123", "北峪镇", "town", "蓝莓加工"),
    ("990181", "栗山镇", "town", "能源转型"), ("990181", "临港镇", "town", "公铁联运"), ("990102", "沿江镇", "town", "近郊休闲"), ("990103", "学府镇", "town", "产教融合"),
)  # fmt: skip


@transaction.atomic
def load() -> None:
    """Statistics since 2022, a yearly evaluation sealed, three quarters told, the third under notice; pilots with their money."""
    if Signing.objects.exists():
        return
    chance = Random(20260318)
    _statistics(chance)
    _sign(2025)
    _evaluate()
    _towns(chance)
    best = {"990121": ("best", 8), "990181": ("rising", 5)}
    places = {place.code: place for place in counties(LAST)}
    for code, (kind, rank) in best.items():
        Honour.objects.create(
            year=2025,
            division=places[code],
            kind=kind,
            rank=rank,
            announced_on=date(2026, 6, 18),
            document="澜政发〔2026〕9号（演示）",
        )


def _statistics(chance: Random) -> None:
    out = io.StringIO()
    sheet = csv.writer(out)
    sheet.writerow(["指标", "区划", "期", "数值", "单位", "口径", "同比", "状态", "发布单位", "频度", "方向"])
    city = Division.objects.get(parent=None, is_zone=False)
    places = [
        (city, 1.0, CITY_SINCE),
        *((place, WEIGHTS.get(place.code, 0.1), COUNTY_SINCE) for place in counties(LAST)),
    ]
    for title, base, rise, unit, shares in (*AMOUNTS, *QUARTERS):
        above = _offsets([weight for _place, weight, _since in places[1:]], chance)
        for place, weight, since in places:
            # income is per head: a county's is no share of the city's
            scale = (0.85 + weight) if unit == "元" and place != city else weight
            rises = {year: rise + above.get((weight, year), 0.0) for year in range(CITY_SINCE, 2027)}
            _write(sheet, (title, place.name, unit), base * scale, rises, shares, since, chance)
    for title, unit, better, middle, spread in RATES:
        for year in range(CITY_SINCE, 2027):
            for month in range(1, (LAST.month if year == 2026 else 12) + 1):
                value = round(middle + chance.gauss(0, spread), 1)
                sheet.writerow(
                    [
                        title,
                        city.name,
                        f"{year}-{month:02}",
                        value,
                        unit,
                        "期末",
                        "",
                        "",
                        "国家统计局云川调查队（演示）",
                        "",
                        better,
                    ]
                )
    for place, _weight, _since in places:
        air = 92 + chance.uniform(-3, 3)
        for index in range(22):
            value = round(min(100, air + chance.gauss(0, 3) - (6 if (index % 12) in (0, 11) else 0)), 1)
            sheet.writerow(
                [
                    "空气优良天数比例",
                    place.name,
                    f"{2025 + index // 12}-{index % 12 + 1:02}",
                    value,
                    "%",
                    "当期",
                    "",
                    "",
                    "市生态环境局（演示）",
                    "",
                    "越高越好",
                ]
            )
        for title, unit, better, middle, spread in YEARLY_FIGURES:
            level = middle + chance.uniform(-1.3, 1.3) * spread
            for year in (2024, 2025):
                shown = round(level + chance.gauss(0, spread / 6), 2)
                sheet.writerow(
                    [
                        title,
                        place.name,
                        f"{year}年",
                        shown,
                        unit,
                        "期末",
                        "",
                        "",
                        "市统计局（演示）",
                        "按年",
                        better,
                    ]
                )
    bring_in(Person.objects.get(login="tongji"), "云川市统计数据（演示）.csv", out.getvalue().encode())


def _offsets(weights: list[float], chance: Random) -> dict[tuple[float, int], float]:
    """By how much each county grows faster than the city in a year; weighed together they come to nothing."""
    out: dict[tuple[float, int], float] = {}
    for year in range(CITY_SINCE, 2027):
        drawn = [chance.uniform(-3.4, 3.4) for _ in weights]
        mean = sum(weight * each for weight, each in zip(weights, drawn, strict=True)) / sum(weights)
        out |= {(weight, year): each - mean for weight, each in zip(weights, drawn, strict=True)}
    return out


def _write(
    sheet: Any, told: tuple[str, str, str], base: float, rises: Mapping[int, float], shares: Sequence[int], since: int, chance: Random
) -> None:  # fmt: skip
    """Cumulated amounts of every period with their growth; the bureau leaves January out."""
    title, place, unit = told
    amounts: dict[tuple[int, int], float] = {}
    every, level = 12 // len(shares), base
    for year in range(CITY_SINCE, 2027):
        level *= 1 + rises[year] / 100
        total = 0.0
        for number, share in enumerate(shares, 1):
            month = number * every
            if year == 2026 and month > LAST.month:
                break
            total += level * share / sum(shares) * (1 + chance.gauss(0, 0.006))
            amounts[year, month] = total
            if month == 1 or year < since:
                continue
            before = amounts.get((year - 1, month))
            growth = round((total / before - 1) * 100, 1) if before else ""
            when = f"{year}-{month:02}" if every == 1 else f"{year}年{'一二三四'[number - 1]}季度"
            status = "初步" if (year, month) == (2026, LAST.month) else ""
            frequency = "" if every == 1 else "按季"
            sheet.writerow(
                [
                    title,
                    place,
                    when,
                    round(total, 2),
                    unit,
                    "",
                    growth,
                    status,
                    "市统计局（演示）",
                    frequency,
                    "",
                ]
            )


def _sign(year: int) -> None:
    units = {unit.key: unit for unit in Unit.objects.filter(key__in=set(OWNERS.values()))}
    titles = {each.key: each.title for each in scheme_kind(YEARLY).scheme(date(year, 1, 1)).indicators}
    by = Person.objects.get(login="tongji")
    Signing.objects.bulk_create(
        Signing(year=year, indicator=key, title=titles[key], unit=units[owner], by=by, signed_at=timezone.now()) for key, owner in OWNERS.items()
    )  # fmt: skip
    Signing.objects.bulk_create(
        Signing(year=year + 1, indicator=key, title=titles[key], unit=units[owner])
        for key, owner in OWNERS.items()
    )


def _evaluate() -> None:
    by, other = Person.objects.get(login="fagai"), Person.objects.get(login="ducha")
    yearly, quarterly = scheme_kind(YEARLY), scheme_kind(QUARTERLY)
    _seal(by, other, yearly, date(2025, 1, 1), date(2026, 2, 24))
    note = {
        "key": "990123",
        "name": "禾丰县",
        "rule": "talk_month",
        "document": "8 月份投资进度约谈纪要（演示）",
    }
    assessment.confirm_mark(other, assessment.mark(by, quarterly, date(2026, 7, 1), note), True)
    for month, on in ((1, date(2026, 4, 27)), (4, date(2026, 7, 27))):
        _seal(by, other, quarterly, date(2026, month, 1), on)
    run = assessment.open_notice(
        by, assessment.score_run(by, quarterly, date(2026, 7, 1)), date(2026, 11, 23)
    )
    result = run.results.select_related("run", "division").get(key="990122")
    county = Person.objects.get(login="qingwu")
    assessment.object_to(
        county,
        result,
        "fai_growth",
        "统计局 10 月核增了两个项目，三季度数应相应修订。",
        Decimal("9.1"),
        on=date(2026, 11, 24),
    )


def _seal(by: Person, other: Person, kind: SchemeKind, period: date, on: date) -> None:
    run = assessment.open_notice(by, assessment.score_run(by, kind, period), on)
    assert run.notice_until is not None
    assessment.publish(
        by,
        assessment.seal(
            other,
            run,
            on.replace(day=28) if run.notice_until < on.replace(day=28) else date(on.year, on.month + 1, 15),
        ),
    )


def _towns(chance: Random) -> None:
    places = {place.code: place for place in counties(LAST)}
    rows = []
    for code, name, kind, direction in TOWNS:
        if code not in places:
            continue
        town = Town.objects.create(
            name=name, kind=kind, division=places[code], direction=direction, leader="田满仓", listed_on=date(2026, 2, 10),
            plan_fen=chance.randrange(18000, 36000) * 1_000_000,
        )  # fmt: skip
        for month in range(3, LAST.month + 1):
            for project in ("镇区道路和管网", "产业配套厂房"):
                rows.append(
                    TownInvestment(
                        town=town, month=date(2026, month, 1), project=f"{name}{project}（演示）", amount_fen=chance.randrange(500, 2100) * 1_000_000,
                        evidence="工程计量单",
                    )
                )  # fmt: skip
    TownInvestment.objects.bulk_create(rows)
