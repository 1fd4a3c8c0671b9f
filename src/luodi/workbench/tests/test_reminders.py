"""每日待办邮件, sent to a real SMTP server: what is due, once a day, to those who want it."""

from __future__ import annotations

import mailbox
import os
import socket
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from email.header import decode_header, make_header

import pytest
from django.core import mail as outbox
from django.urls import reverse

from luodi.kernel.action import Refused
from luodi.kernel.clock import CHINA
from luodi.kernel.models import AuditEntry
from luodi.workbench import actions, inbox, recurring
from luodi.workbench.inbox import Due, reminding
from luodi.workbench.inbox.mail import OF_A_KIND, compose, is_pressing
from luodi.workbench.models import Mailbox, Reminder

TODAY = date(2026, 11, 24)
SITE = "https://luodi.example.gov.cn"


def report(at: int = 1, by: date | None = date(2026, 11, 5), note: str = "最近一次进展是 37 天前") -> Due:
    return Due(
        "a.report", "待报进展", f"建成澄岚大桥第{at}标段", "报送10月进展", by, f"/lines/{at}/report", note
    )


# ---- the words


def test_the_mail_says_what_is_due_by_when_and_where():
    dues = [
        report(),
        report(2, TODAY + timedelta(days=3), ""),
        Due("a.sign", "待签收", "任务", "签收", TODAY, "/s"),
    ]
    mail = compose("林舟", dues, TODAY, SITE)
    assert mail.subject == "落地待办：1 项已超期，2 项七天内到期（11月24日）"
    assert mail.body.startswith(
        "林舟，您好：\n\n截至11月24日，您有 3 项待办，其中 1 项已超期，2 项七天内到期。\n"
    )
    told = (
        "【待报进展 2 项】\n"
        "1. 建成澄岚大桥第1标段\n"
        "   报送10月进展，最迟 11月5日（已超 19 天）\n"
        "   最近一次进展是 37 天前\n"
        "   https://luodi.example.gov.cn/lines/1/report\n"
        "2. 建成澄岚大桥第2标段\n"
        "   报送10月进展，最迟 11月27日（还有 3 天）\n"
        "   https://luodi.example.gov.cn/lines/2/report\n"
    )
    assert told in mail.body
    assert "签收，最迟 11月24日（就是今天）" in mail.body and "停用" in mail.body


def test_a_long_list_is_cut_and_says_where_the_rest_is():
    mail = compose("林舟", [report(at) for at in range(OF_A_KIND + 5)], TODAY, SITE)
    assert f"还有 5 项：{SITE}/inbox/?kind=a.report" in mail.body
    assert mail.body.count("报送10月进展") == OF_A_KIND


@pytest.mark.parametrize(
    ("by", "pressing"),
    [(None, False), (TODAY + timedelta(days=8), False), (TODAY + timedelta(days=7), True), (TODAY, True),
     (TODAY - timedelta(days=400), True)],
)  # fmt: skip
def test_only_what_presses_is_worth_a_mail(by, pressing):
    assert is_pressing([report(by=by)], TODAY) is pressing


# ---- through a real server


@pytest.fixture
def server(settings, tmp_path):
    """An SMTP server in a process of its own; what it is given lies in a Maildir."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    place = tmp_path / "maildir"
    command = [
        sys.executable,
        "-m",
        "aiosmtpd",
        "-n",
        "-l",
        f"127.0.0.1:{port}",
        "-c",
        "aiosmtpd.handlers.Mailbox",
    ]
    process = subprocess.Popen([*command, str(place)], env=os.environ)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    settings.LUODI_MAIL_HOST, settings.LUODI_SITE = "127.0.0.1", SITE
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    else:
        pytest.fail("the SMTP server did not start")
    yield lambda: list(mailbox.Maildir(place)) if place.is_dir() else []
    process.terminate()
    process.wait()


@pytest.fixture
def owed(monkeypatch):
    rows = [report()]
    monkeypatch.setattr(inbox, "providers", lambda: (lambda person, today: rows,))
    return rows


@pytest.mark.django_db
def test_a_mail_arrives_once_a_day_in_chinese_and_plain(city, server, owed):
    arrived = server
    actions.set_mailbox(city["fagai"], "fagai@example.gov.cn", True)
    assert [reminding.remind_all(TODAY) for _ in range(3)] == [1, 0, 0]
    (mail,) = arrived()
    assert mail["To"] == "fagai@example.gov.cn" and mail.get_content_type() == "text/plain"
    assert str(make_header(decode_header(mail["Subject"]))) == "落地待办：1 项已超期（11月24日）"
    assert "最近一次进展是 37 天前" in mail.get_payload(decode=True).decode()
    assert reminding.remind_all(TODAY + timedelta(days=1)) == 1
    assert len(arrived()) == 2


@pytest.mark.django_db
def test_who_wants_none_gets_none_and_neither_does_who_owes_nothing(city, server, owed):
    arrived = server
    actions.set_mailbox(city["fagai"], "fagai@example.gov.cn", False)
    assert reminding.remind_all(TODAY) == 0
    actions.set_mailbox(city["fagai"], "fagai@example.gov.cn", True)
    owed[:] = [report(by=None)]
    assert reminding.remind_all(TODAY) == 0
    assert arrived() == [] and not Reminder.objects.exists()


@pytest.mark.django_db
def test_a_server_that_is_away_is_tried_again_and_the_person_told(city, server, owed, settings):
    arrived = server
    actions.set_mailbox(city["fagai"], "fagai@example.gov.cn", True)
    right, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    with pytest.raises(OSError):
        reminding.remind_all(TODAY)
    settings.EMAIL_PORT = right
    assert reminding.remind_all(TODAY) == 1
    assert Reminder.objects.get().state == Reminder.State.SENT and len(arrived()) == 1


@pytest.mark.django_db
def test_a_refused_address_stops_nobody_else(city, server, owed):
    arrived = server
    actions.set_mailbox(city["fagai"], "fagai@example.gov.cn", True)
    Mailbox.objects.filter(person=city["fagai"]).update(address=f"{'long' * 300}@example.gov.cn")
    actions.set_mailbox(city["gongxin"], "gongxin@example.gov.cn", True)
    assert reminding.remind_all(TODAY) == 1
    assert [mail["To"] for mail in arrived()] == ["gongxin@example.gov.cn"]
    failed = Reminder.objects.get(person=city["fagai"])
    assert failed.state == Reminder.State.FAILED and "请核对邮箱" in failed.message


@pytest.mark.django_db
def test_a_mail_that_was_leaving_when_its_process_died_is_not_sent_twice(city, server, owed):
    arrived = server
    actions.set_mailbox(city["fagai"], "fagai@example.gov.cn", True)
    Reminder.objects.create(person=city["fagai"], day=TODAY, count=1)
    assert reminding.remind_all(TODAY) == 0
    assert arrived() == []


# ---- when


@pytest.mark.django_db
def test_nothing_is_queued_without_settings_nor_on_a_holiday(settings):
    tuesday, national_day = (datetime(2026, *day, 7, 40, tzinfo=CHINA) for day in ((11, 24), (10, 1)))
    assert recurring.remind(tuesday) == "没有设置邮件服务器，不发"
    settings.LUODI_MAIL_HOST, settings.LUODI_SITE = "mail.example.gov.cn", SITE
    assert recurring.remind(national_day) == "不是工作日，不发"
    assert recurring.remind(tuesday) == "已排队发送"


@pytest.mark.django_db
def test_a_person_sets_and_stops_it_and_the_log_has_no_address(client, city, owed):
    client.force_login(city["fagai"])
    client.post(reverse("inbox:mailbox"), {"address": "fagai@example.gov.cn", "wants": "1"})
    assert "fagai@example.gov.cn" in client.get(reverse("inbox:inbox")).content.decode()
    client.post(reverse("inbox:mailbox"), {"address": "fagai@example.gov.cn", "wants": "0"})
    assert Mailbox.objects.get().wants is False
    assert all("example.gov.cn" not in str(entry.detail) for entry in AuditEntry.objects.all())
    with pytest.raises(Refused, match="邮箱地址不完整"):
        actions.set_mailbox(city["fagai"], "fagai", True)
    assert outbox.outbox == []
