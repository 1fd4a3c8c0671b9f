"""The pages of step 6, as an officer uses them."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from luodi.drafting.models import Template

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, city):
    client.force_login(city["ducha"])
    return client


def test_the_preview_leads_from_each_figure_to_its_source(officer, plan, django_assert_max_num_queries):
    officer.get("/drafts/")  # the first page of a session writes its time
    with django_assert_max_num_queries(12):
        page = officer.get(f"/drafts/{plan.pk}/review/?until=2026-11-20").content.decode()
    line = plan.commitments.get(text__contains="停车位")
    assert f'href="/lines/{line.pk}/"' in page and "新增停车位6840个" in page
    assert "没有写进去的目标 0 项" in page


def test_the_sources_are_a_sheet(officer, plan):
    book = CalamineWorkbook.from_filelike(io.BytesIO(officer.get(f"/drafts/{plan.pk}/review.xlsx").content))
    rows = book.get_sheet_by_name("数字来源").to_python()
    assert ["新增停车位", "6840个", "云川市住房和城乡建设局2026年10月进展（单位报送）"] in rows


def test_pasted_words_are_checked_and_marked(officer, plan):
    page = officer.post(
        "/drafts/check", {"text": "新增停车位6800个，实施技术改造项目38个。"}
    ).content.decode()
    assert 'class="figure differs"' in page and 'class="figure agrees"' in page
    assert "不一致 <b>1</b>" in page


def test_a_read_document_is_checked_against_the_plan_of_its_year(officer, plan):
    page = officer.get(f"/drafts/documents/{plan.pk}/check?plan={plan.pk}").content.decode()
    assert "对照" in page and plan.title in page
    sheet = officer.get(f"/drafts/documents/{plan.pk}/check?plan={plan.pk}&format=xlsx").content
    assert CalamineWorkbook.from_filelike(io.BytesIO(sheet)).sheet_names == ["核对"]


@pytest.mark.parametrize(
    ("sent", "said"), [({}, "请选择"), ({"file": SimpleUploadedFile("a.docx", b"PK\x03\x04")}, "a.docx")]
)
def test_nothing_to_check_and_a_broken_file_get_a_sentence(officer, plan, sent, said):
    answer = officer.post("/drafts/check", sent, headers={"accept": "application/json"})
    assert answer.status_code == 422 and said in answer.content.decode()


def test_without_an_issued_plan_the_page_says_what_to_do(officer, city):
    assert "还没有印发过的台账" in officer.get("/drafts/").content.decode()


def test_a_template_goes_down_and_comes_back(officer, plan):
    content = officer.get("/drafts/templates/review").content
    officer.post("/drafts/templates/review", {"file": SimpleUploadedFile("t.docx", content)})
    assert Template.objects.get().form == "review"
