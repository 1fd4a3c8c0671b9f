"""Pages as they are used: on the way to a household, the overview, warnings as a sheet, files that leave; what the public sees."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luodi.kernel.action import Refused
from luodi.scenarios.poverty_watch import demo
from luodi.scenarios.poverty_watch.actions.registers import keep_fund
from luodi.scenarios.poverty_watch.due import due_from
from luodi.scenarios.poverty_watch.models import Clue, Fund, Household, Member, Warned
from luodi.scenarios.poverty_watch.pages import DESKS
from luodi.scenarios.poverty_watch.tests.conftest import COUNTY, HEAD, NUMBER, OFFICE, PHONE
from luodi.workbench.inbox import answered

pytestmark = pytest.mark.django_db
SHEET = "姓名,身份证号,乡镇,村,事由,发生日期,金额（元）\n"


def test_a_household_is_registered_at_the_door_and_its_number_checked(client, city, sent, village):
    clue = sent()
    client.force_login(city[COUNTY])
    assert "登记农户" in client.get(f"/cases/{clue.pk}/").content.decode()
    typed = {
        "head_name": HEAD,
        "citizen_id": NUMBER[:-1] + "9",
        "village": "灌口镇石桥村",
        "population": "3",
        "was_poor": "是",
    }
    answer = client.post(f"/poverty_watch/clues/{clue.pk}/household", typed)
    assert answer.status_code == 422 and "第 18 位校验码不符" in answer.content.decode()
    answer = client.post(
        f"/poverty_watch/clues/{clue.pk}/household", typed | {"citizen_id": NUMBER}, follow=True
    )
    page = answer.content.decode()
    assert "郑*诚" in page and "6102************18" in page and HEAD not in page and NUMBER not in page
    household = Household.objects.get()
    told = client.post(
        f"/poverty_watch/households/{household.pk}/reveal", {"reason": "入户核对证件"}
    ).content.decode()
    assert HEAD in told and NUMBER in told and "已留痕" in told
    assert (
        client.post(f"/poverty_watch/households/{household.pk}/reveal", {"reason": "看"}).status_code == 422
    )
    paper = client.post(f"/poverty_watch/households/{household.pk}/notice").content.decode()
    assert HEAD in paper and not [each for each in (NUMBER, PHONE, "因病", "6102") if each in paper]


def test_steps_by_form_and_refusals_beside_them(client, city, listed):
    household = listed()
    client.force_login(city[COUNTY])
    at = f"/poverty_watch/households/{household.pk}"
    assert "不对应" in client.post(f"{at}/help", {"kind": "loan", "what": "小额贷款"}).content.decode()
    assert client.post(f"{at}/help", {"kind": "health", "what": "医疗救助"}).status_code == 302
    answer = client.post(f"{at}/visit", {"per_capita_fen": "九千", "said": "走访"})
    assert answer.status_code == 422 and "九千" in answer.content.decode()
    assert (
        client.post(f"{at}/visit", {"per_capita_fen": "9000", "medical": "是", "said": "走访"}).status_code
        == 302
    )
    assert household.visits.get().per_capita_fen == 900_000
    assert "还不能提出风险消除" in client.post(f"{at}/propose", {}).content.decode()
    assert (
        client.post(
            f"/poverty_watch/helps/{household.helps.get().pk}/finish", {"effect": "见成效"}
        ).status_code
        == 302
    )
    assert client.get(f"{at}/nothing").status_code == 405 and client.post(f"{at}/nothing").status_code == 404


def test_a_departments_warnings_are_matched_and_the_rest_leaves_no_trace(client, city, listed):
    household = listed()
    client.force_login(city["weijian"])
    rows = [
        f"{HEAD},{NUMBER},灌口镇,石桥村,医疗自付,2026-10-08,23000.50",
        "王有粮,440524188001010014,灌口镇,石桥村,医疗自付,2026-10-09,30000",
        "李长河,11010519491231002X,灌口镇,石桥村,医疗自付,2026-10-09,900",
    ]  # fmt: skip

    def send(text, batch="2026年10月医保"):
        return client.post(
            "/poverty_watch/warnings/",
            {"batch": batch, "file": SimpleUploadedFile("预警.csv", text.encode("gb18030"))},
        )

    page = send(SHEET + "\n".join(rows)).content.decode()
    assert "新线索 1 条，并入在册户 1 条，低于预警线不保存 1 条，以前导入过 0 条" in page
    assert household.warned.get().amount_fen == 2_300_050 and Warned.objects.count() == 2
    assert not Member.objects.filter(citizen_index="11010519491231002X").exists()
    clue = Clue.objects.get(channel="warning")
    assert (clue.state, clue.household.head_name, clue.brought_from.key) == ("lead", "王有粮", "weijian")
    assert "以前导入过 2 条" in send(SHEET + "\n".join(rows)).content.decode()
    wrong = [
        "张三,440524188001010015,灌口镇,石桥村,医疗自付,2026-10-09,1",
        "张三,440524188001010014,灌口镇,石桥村,中奖,2026-10-09,1",
        "张三,440524188001010014,灌口镇,石桥村,失业,昨天,1",
        "张三,,灌口镇,石桥村,失业,2026-10-09,",
        "张三,440524188001010014,灌口镇,石桥村,失业,2026-10-09,-5",
        "张三,440524188001010014,灌口镇,石桥村,失业,2099-10-09,",
    ]  # fmt: skip
    answer = send(SHEET + "\n".join(wrong))
    told = answer.content.decode()
    assert answer.status_code == 422 and Warned.objects.count() == 2
    for each in (
        "第 2 行“身份证号”：公民身份号码：第 18 位校验码不符",
        "第 3 行“事由”写“中奖”",
        "第 4 行“发生日期”写“昨天”",
        "第 5 行“身份证号”没有填写",
        "第 6 行“金额（元）”不能是负数",
        "第 7 行“发生日期”晚于今天",
    ):
        assert each in told, each
    assert "440524188001010015" not in told
    assert "缺少列：身份证号" in send("姓名,乡镇,事由,发生日期\n").content.decode()
    assert (
        "名录里没有“没有镇石桥村”"
        in send(SHEET + "张三,440524188001010014,没有镇,石桥村,失业,2026-10-09,").content.decode()
    )


def test_every_file_that_leaves_is_masked_and_says_who_took_it(client, city, listed):
    listed()
    client.force_login(city[OFFICE])
    for kind in ("xlsx", "csv", "docx"):
        answer = client.get(f"/work/watched-households/export?format={kind}")
        assert answer.status_code == 200, kind
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if kind == "csv":
            text = body.decode("utf-8-sig")
        else:
            book = zipfile.ZipFile(io.BytesIO(body))
            text = "".join(book.read(name).decode("utf-8", "ignore") for name in book.namelist())
            assert city[OFFICE].name in text, kind
        assert "郑*诚" in text and not [each for each in (HEAD, NUMBER, PHONE) if each in text], kind


def test_the_public_page_has_sums_only_and_hides_small_cells(client, city, listed):
    listed()
    page = client.get("/poverty_watch/open/").content.decode()
    assert "松陂县" in page and not [
        each for each in (HEAD, NUMBER, PHONE, "郑*诚", "石桥村", "NH2") if each in page
    ]
    assert re.search(r"松陂县<td class=\"num\">—", page)
    form = client.get("/ask/poverty_watch/").content.decode()
    assert "身份证号" not in form
    answer = client.post(
        "/ask/poverty_watch/",
        {"title": "申报", "body": f"我的身份证号 {NUMBER}", "category": "illness", "division": "灌口镇"},
    )
    assert answer.status_code == 422 and "不要写证件号码" in answer.content.decode()


def test_pages_ask_few_questions(client, city):
    demo.load()
    client.force_login(city[OFFICE])
    one = Household.objects.filter(state="helping").first()
    addresses = [
        "/poverty_watch/",
        "/poverty_watch/open/",
        f"/poverty_watch/households/{one.pk}/",
        *(f"/work/{desk.code}/" for desk in DESKS),
    ]
    for address in addresses:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200, address
        assert len(asked) <= 12, (address, len(asked))
    assert "风险消除率" in client.get("/poverty_watch/").content.decode()


def test_dues_are_one_question_and_none_for_those_who_owe_nothing(city, listed):
    listed()
    today = date(2026, 11, 24)
    with CaptureQueriesContext(connection) as asked:
        dues = answered(due_from(city[COUNTY], today))
    assert len(asked) == 1 and [each.kind for each in dues] == ["poverty_watch.help"]
    list(city["shizhang"].current_posts)
    with CaptureQueriesContext(connection) as asked:
        assert list(due_from(city["shizhang"], today)) == []
    assert len(asked) == 0


def test_another_countys_household_does_not_exist(client, city, listed):
    household = listed()
    client.force_login(city["chenglan"])
    assert client.get(f"/poverty_watch/households/{household.pk}/").status_code == 404


def test_funds_tell_a_unit_mixed_up(client, city):
    demo.load()
    fund = Fund.objects.first()
    with pytest.raises(Refused, match="多于下达"):
        keep_fund(city[OFFICE], fund, {"paid_fen": fund.allotted_fen + 1})
    with pytest.raises(Refused, match="一百倍"):
        keep_fund(city[OFFICE], fund, {"allotted_fen": fund.allotted_fen * 10_000})
