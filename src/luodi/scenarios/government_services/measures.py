"""Indicators GOV01 to GOV11. The rate by item and the rate by case are two measures and are never mixed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from luodi.measures.declare import Measure, Tally
from luodi.scenarios.government_services.rules import reviews
from luodi.scenarios.government_services.rules.catalogue import (
    INSTANT,
    ONLINE_FROM,
    PROMISED,
    WHOLLY_ONLINE,
)
from luodi.scenarios.government_services.rules.codes import ON_APPLICATION
from luodi.scenarios.government_services.rules.service import LIMITS

ITEM, CASE, RATING, REVIEW, POINT, OPENING, ENTITIES, BUILDING, PACKAGE = (
    f"government_services.{name}"
    for name in (
        "Item", "ServiceCase", "Rating", "BadReview", "Point", "Opening", "EntityMonth", "BuildFirst", "Package",
    )
)  # fmt: skip


def items(says: str, *conditions: Any, adds: str = "") -> Tally:
    """Items in force that are done on application, and what else must hold."""

    def where(row: Any) -> tuple[Any, ...]:
        return (
            row.cancelled_on.isnull(),
            row.type.isin(sorted(ON_APPLICATION)),
            *(condition(row) for condition in conditions),
        )

    return Tally(ITEM, dated="listed_on", says=says, where=where, adds=adds)


def of_items(key: str, title: str, says: str, condition: Any, about: str = "") -> Measure:
    """A share of the items on application, as the catalogue stands."""
    return Measure(
        key, title, "%", items(says, condition), items("依申请事项"), times=100, span="ever", about=about
    )


def cases(says: str, dated: str, condition: Any = None) -> Tally:
    return Tally(
        CASE, dated=dated, says=says, where=condition, division="case_ptr__division", links=("case_ptr",)
    )


def ratings(says: str, *conditions: Any) -> Tally:
    """Ratings that count: neither void nor a burst. A case without a rating is no good rating."""

    def where(row: Any) -> tuple[Any, ...]:
        return (~row.is_void, ~row.is_doubtful, *(condition(row) for condition in conditions))

    return Tally(RATING, dated="rated_on", says=says, where=where)


COUNTED = items("承诺件中有法定时限的", lambda row: row.handling == PROMISED, lambda row: row.days_saved.notnull(), adds="legal_days")  # fmt: skip
DECIDED = cases("有承诺期限的已办结办件", "decided_on", lambda row: row.in_promise.notnull())
FILED = cases("收到的办件", "case_ptr__received_on")

MEASURES = (
    of_items("services_online", "依申请事项“一网通办”率", "网办深度Ⅲ级以上", lambda row: row.depth >= ONLINE_FROM, "按事项：可以网上申请的依申请事项 / 依申请事项；不等于按件的网办率"),
    of_items("services_wholly_online", "全程网办率", "网办深度Ⅳ级", lambda row: row.depth == WHOLLY_ONLINE, "按事项"),
    Measure(
        "services_filed_online", "网办率（按件）", "%", cases("网上申请的办件", "case_ptr__received_on", lambda row: row.is_online), FILED,
        times=100, about="按件：网上申请的办件 / 收到的办件；与按事项的“一网通办”率分开看",
    ),
    Measure(
        "services_compressed", "承诺时限压缩比", "%", times=100, span="ever", denominator=COUNTED, about="1 − 承诺时限之和 / 法定时限之和；没有法定时限的不算",
        numerator=items("法定减承诺的工作日", lambda row: row.handling == PROMISED, lambda row: row.days_saved.notnull(), adds="days_saved"),
    ),
    of_items("services_instant", "即办件占比", "即办件", lambda row: row.handling == INSTANT),
    of_items("services_once", "最多跑一次事项占比", "到现场不超过一次", lambda row: row.visits <= 1),
    of_items("services_unseen", "不见面审批事项占比", "到现场零次", lambda row: row.visits == 0),
    of_items("services_nearby", "就近办率", "镇村站点可办", lambda row: row.is_nearby, "镇村站点可办的依申请事项 / 依申请事项"),
    Measure("services_in_promise", "按承诺办结率", "%", cases("未超承诺期限", "decided_on", lambda row: row.in_promise), DECIDED, times=100, ruleset=LIMITS),
    Measure("services_early", "提前办结率", "%", cases("早于承诺期限", "decided_on", lambda row: row.is_early), DECIDED, times=100, ruleset=LIMITS),
    Measure("services_in_law", "按法定期限办结率", "%", cases("未超法定期限", "decided_on", lambda row: row.in_law), cases("有法定期限的已办结办件", "decided_on", lambda row: row.in_law.notnull()), times=100, ruleset=LIMITS),
    Measure("services_praised", "政务服务好评率", "%", ratings("三星以上", lambda row: row.stars >= reviews.GOOD_FROM), ratings("有效评价"), times=100, about="三至五星 / 有效评价；没有评价的不算好评"),
    Measure("services_own_accord", "主动评价率", "%", ratings("主动评价", lambda row: row.is_own_accord), ratings("有效评价"), times=100),
    Measure(
        "services_mended", "差评按期整改率", "%", times=100, ruleset=reviews.LIMITS,
        numerator=Tally(REVIEW, dated="case_ptr__finished_on", says="按期整改", division="case_ptr__division", links=("case_ptr",), where=lambda row: row.case_ptr__was_late.notnull() & ~row.case_ptr__was_late),
        denominator=Tally(REVIEW, dated="case_ptr__finished_on", says="已整改的差评", division="case_ptr__division", links=("case_ptr",)),
    ),
    Measure(
        "services_points", "镇村便民服务站点规范化率", "%", times=100, span="ever",
        numerator=Tally(POINT, dated="set_up_on", says="规范化达标", where=lambda row: row.standard_on.notnull()),
        denominator=Tally(POINT, dated="set_up_on", says="已设立的站点"),
    ),
    Measure(
        "services_opening_time", "企业开办时间", "个工作日", Tally(OPENING, dated="ready_on", says="各户用时之和", adds="workdays"),
        Tally(OPENING, dated="ready_on", says="全流程办结的企业"), better="down", about="从提交申请到全流程办结的工作时间平均数，八小时为一个工作日",
    ),
    Measure("services_net_entities", "净增经营主体", "户", Tally(ENTITIES, dated="month_on", says="新登记减注销吊销", adds="net"), places=0),
    Measure("services_built_first", "先建后验项目数", "个", Tally(BUILDING, dated="promised_on", says="已签承诺", division="case_ptr__division")),
    Measure(
        "services_built_saved", "先建后验平均节省工期", "日", Tally(BUILDING, dated="accepted_on", says="各项目节省的天数", adds="saved_days", division="case_ptr__division"),
        Tally(BUILDING, dated="accepted_on", says="验收合格的项目", division="case_ptr__division"),
    ),
    Measure(
        "services_built_breached", "先建后验违诺率", "%", times=Decimal(100), better="down",
        numerator=Tally(BUILDING, dated="promised_on", says="认定违诺", division="case_ptr__division", links=("case_ptr",), where=lambda row: row.case_ptr__state == "breached"),
        denominator=Tally(BUILDING, dated="promised_on", says="已签承诺", division="case_ptr__division"),
    ),
    Measure("services_packages", "高效办成一件事主题", "个", Tally(PACKAGE, dated="online_on", says="已上线", division="lead__division"), span="ever"),
)  # fmt: skip
