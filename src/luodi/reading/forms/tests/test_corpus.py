"""Real reports through every form: nothing breaks, nothing gets lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from rich.cells import cell_len

from luodi.reading.forms import FORMS, head_of, lines_of, write
from luodi.reading.forms.terminal import Page, print_report
from luodi.reading.forms.xlsx_reader import faults, read_xlsx
from luodi.reading.reader import read


@pytest.mark.corpus
def test_real_reports_fill_every_form(shared: Path) -> None:
    reports = sorted((shared / "corpus" / "reports").glob("*.txt"))[::6]
    assert len(reports) >= 5
    for path in reports:
        report = read(path)
        head, lines = head_of(report), lines_of(report)
        assert len({line.number for line in lines}) == len(lines) == len(report.commitments), path.name
        assert all(
            commitment.text in line.sentence
            for commitment, line in zip(report.commitments, lines, strict=True)
        )
        for form in FORMS:
            assert write(head, lines, "docx", form=form).startswith(b"PK")
        rows = read_xlsx(write(head, lines, "xlsx"))
        assert faults(rows) == []
        assert [row.line.text for row in rows] == [line.text for line in lines]
        page = Page()
        print_report(page, report)
        assert max(map(cell_len, page.lines)) <= 120
