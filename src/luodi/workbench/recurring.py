"""What the workbench does again and again by itself: the day's mails, and once more for those that did not leave."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from luodi.kernel.schedule import recurring
from luodi.workbench.inbox import reminding


@recurring("inbox.remind", "每日待办邮件", "daily 07:40")
def remind(due: datetime) -> str:
    return _queue(due)


@recurring("inbox.remind_again", "补发没有发出的待办邮件", "daily 09:40")
def remind_again(due: datetime) -> str:
    return _queue(due)


def _queue(due: datetime) -> str:
    if not reminding.is_set_up():
        return "没有设置邮件服务器，不发"
    if not reminding.is_mail_day(timezone.localdate(due)):
        return "不是工作日，不发"
    reminding.send_the_days_mails.enqueue()
    return "已排队发送"
