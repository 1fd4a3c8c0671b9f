"""A draft says what is known, says nothing of what isn't, and is read back figure by figure."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest
from docx import Document as Word

from luodi.commitments.models import Commitment, ProgressReport
from luodi.drafting import actions, docx
from luodi.drafting.checking import check_report
from luodi.drafting.draft import Form, draft
from luodi.drafting.known import knowledge_of
from luodi.drafting.models import Template
from luodi.kernel.action import Refused
from luodi.reading.reader import read

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize("form", Form)
def test_the_draft_is_read_back_and_agrees_in_every_figure(plan, form):
    knowledge = knowledge_of(plan, TODAY)
    made = draft(knowledge, form)
    assert {each.indicator for each in made.figures} >= {
        "单位地区生产总值能耗",
        "技术改造项目",
        "新增停车位",
        "高新区供热管网覆盖率",
    }
    content = docx.written(made, docx.standard_template())
    finding = check_report(read(content, name="draft.docx"), knowledge)
    assert finding.agrees
    assert len(finding.checked) == len(made.figures)


def test_the_words_say_how_the_target_stands(plan):
    text = draft(knowledge_of(plan, TODAY), Form.REVIEW).text
    assert "新增停车位6840个，完成年度目标" in text
    assert "单位地区生产总值能耗下降3.2%，完成年度目标" in text
    assert "实施技术改造项目38个；" in text  # not due yet: nothing is said of its target


def test_nothing_is_said_of_a_figure_that_is_not_there(plan):
    ProgressReport.objects.filter(facts__contains="停车位").delete()
    made = draft(knowledge_of(plan, TODAY), Form.PROGRESS)
    assert "停车位" not in made.text
    (missing,) = made.left_out
    assert (missing.target.indicator, missing.lead) == ("新增停车位", "市住房和城乡建设局")


def test_what_came_after_the_cut_off_is_not_known(plan):
    assert draft(knowledge_of(plan, date(2026, 9, 30)), Form.REVIEW).figures == []


def test_a_line_that_is_over_is_told_without_figures(plan):
    Commitment.objects.filter(text__contains="清单").update(state=Commitment.State.CLOSED)
    assert "已经完成：编制低空应用场景清单。" in draft(knowledge_of(plan, TODAY), Form.REVIEW).text


def test_a_line_past_its_day_is_told_with_its_unit(plan):
    Commitment.objects.filter(text__contains="清单").update(deadline=date(2026, 6, 30))
    text = draft(knowledge_of(plan, TODAY), Form.PROGRESS).text
    assert "“编制低空应用场景清单”，时限6月30日，尚未销号（市工业和信息化局）。" in text


def test_each_figure_has_its_source_in_the_margin(plan):
    made = draft(knowledge_of(plan, TODAY), Form.REVIEW)
    content = docx.written(made, docx.standard_template())
    comments = zipfile.ZipFile(io.BytesIO(content)).read("word/comments.xml").decode()
    assert comments.count("<w:comment ") == len(made.figures)
    assert "云川市住房和城乡建设局2026年10月进展（单位报送）：6840个" in comments


def template(*lines: str) -> bytes:
    word = Word()
    for line in lines:
        word.add_paragraph(line)
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def test_a_city_drafts_with_its_own_template(plan, city):
    content = template("云川市人民政府文件", "【标题】", "各位代表：", "【正文】", "以上报告，请予审议。")
    actions.keep_template(city["ducha"], Form.REVIEW, "我市模板.docx", content)
    made = draft(knowledge_of(plan, TODAY), Form.REVIEW)
    word = Word(io.BytesIO(docx.written(made, actions.template_for(Form.REVIEW))))
    lines = [paragraph.text for paragraph in word.paragraphs]
    assert lines[:3] == ["云川市人民政府文件", "云川市政府工作报告", "各位代表："]
    assert lines[-1] == "以上报告，请予审议。"
    assert any("新增停车位6840个" in line for line in lines)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (template("【标题】"), "【正文】"),
        (template("【正文】", "【落款】"), "【落款】"),
        (b"not a document", "Word"),
        (b"PK\x03\x04broken", "Word"),
    ],
)
def test_a_template_that_can_not_be_filled_is_refused(plan, city, content, said):
    with pytest.raises(Refused, match=said):
        actions.keep_template(city["ducha"], Form.PROGRESS, "模板.docx", content)
    assert not Template.objects.exists()
