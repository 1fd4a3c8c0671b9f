"""Sends the day's mails, at most one to a person and day, however often it is asked and whenever a process dies."""

from __future__ import annotations

import logging
import smtplib
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django_tasks import task

from luodi.kernel.calendar import calendar_in_force
from luodi.kernel.clock import YearWithoutCalendar
from luodi.kernel.permission import is_staff_of_the_city
from luodi.workbench.inbox import everything_due
from luodi.workbench.inbox.mail import Mail, compose, is_pressing
from luodi.workbench.models import Mailbox, Reminder

log = logging.getLogger("luodi.reminders")


def is_set_up() -> bool:
    """Without a server to send by and an address for the links, nothing is sent."""
    return bool(settings.LUODI_MAIL_HOST and settings.LUODI_SITE)


def is_mail_day(day: date) -> bool:
    """Working days. In a year whose holidays are not known yet a mail too many does no harm."""
    try:
        return calendar_in_force().is_workday(day)
    except YearWithoutCalendar:
        return True


@task()
def send_the_days_mails() -> None:
    """Outside any transaction: a mail that left is on record at once."""
    remind_all(timezone.localdate())


def remind_all(day: date) -> int:
    """Send what is due to whoever wants it and has not had it today; returns how many mails left."""
    boxes = Mailbox.objects.filter(wants=True, person__is_active=True).select_related("person")
    had = Reminder.objects.filter(day=day).exclude(state=Reminder.State.FAILED).values("person")
    sent = 0
    with translation.override("zh-hans"), get_connection() as connection:
        for box in boxes.exclude(person__in=had):
            sent += _remind(box, day, connection)
    return sent


def _remind(box: Mailbox, day: date, connection: object) -> bool:
    if not is_staff_of_the_city(box.person):
        return False
    dues = everything_due(box.person, day)
    if not is_pressing(dues, day):
        return False
    row = _take(box, day, len(dues))
    if row is None:
        return False
    try:
        _send(compose(box.person.name, dues, day, settings.LUODI_SITE), box.address, connection)
    except (OSError, smtplib.SMTPException) as error:
        log.warning("the mail to person %s did not leave: %s", box.person_id, error)
        row.state, row.message = Reminder.State.FAILED, _reason(error)
    else:
        row.state, row.message = Reminder.State.SENT, ""
    row.at = timezone.now()
    row.save(update_fields=["state", "message", "at"])
    return row.state == Reminder.State.SENT


def _take(box: Mailbox, day: date, count: int) -> Reminder | None:
    """The row that says this mail is leaving; None when another process has it."""
    failed = Reminder.objects.filter(person=box.person, day=day, state=Reminder.State.FAILED)
    if failed.update(state=Reminder.State.LEAVING, count=count):
        return Reminder.objects.get(person=box.person, day=day)
    try:
        with transaction.atomic():
            return Reminder.objects.create(person=box.person, day=day, count=count)
    except IntegrityError:
        return None


def _send(mail: Mail, address: str, connection: object) -> None:
    headers = {"Auto-Submitted": "auto-generated", "List-Unsubscribe": f"<{settings.LUODI_SITE}/inbox/>"}
    message = EmailMessage(mail.subject, mail.body, to=[address], headers=headers, connection=connection)
    message.send()


def _reason(error: Exception) -> str:
    """In words for the person whose mail it was."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "邮件服务器不接受这个地址，请核对邮箱"
    return "邮件服务器没有收下，稍后再发一次"
