"""`luodi anchor` and `luodi check audit`, as an auditor uses them."""

import pytest
from django.db import connection

from luodi.commands import anchor, check
from luodi.kernel import audit
from luodi.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(home):
    for number in range(3):
        audit.record(None, "test.write", None, {"figure": number})
    return list(AuditEntry.objects.order_by("-id")[2::-1])


def test_the_days_anchor_is_printed_and_checked_from_a_copy_kept_elsewhere(log, home, capsys):
    assert anchor.main([]) == 0
    copy = home / "minute-book.txt"
    copy.write_text(capsys.readouterr().out, encoding="utf-8")
    assert check.main(["audit", "--anchors", str(copy)]) == 0
    assert "与 2 个审计锚相符" in capsys.readouterr().out
    copy.write_text(copy.read_text(encoding="utf-8")[:-3] + "xx", encoding="utf-8")
    assert check.main(["audit", "--anchors", str(copy)]) == 1
    assert "不是审计锚" in capsys.readouterr().err


def test_a_touched_log_fails_the_check_and_names_the_entry(log, capsys):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_auditentry SET by = 'x' WHERE id = %s", [log[1].pk])
    assert check.main(["audit"]) == 1
    assert f"第 {log[1].pk} 号审计记录与封印不符" in capsys.readouterr().out


def test_what_is_asked_wrongly_says_how(log, capsys):
    assert check.main(["everything"]) == 2
    assert check.main(["audit", "--anchors"]) == 2
    assert "--anchors 后面应为文件" in capsys.readouterr().err
