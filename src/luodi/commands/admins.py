"""`luodi admins`: the first three administrators of a city that has nobody yet, with one-time passwords.

luodi admins --city 610200 --unit 铜川市数据局 --system zhangsan:张三 --security lisi:李四 --audit wangwu:王五

What is missing is asked for. Each of the three signs in with the printed password, chooses another one at once and ties an
authenticator app. Refused as soon as there is any administrator: from then on people are let in under 人员账号.
"""

from __future__ import annotations

import argparse
import sys

QUESTIONS = {
    "city": "本市行政区划代码（6 位）：",
    "unit": "运行本系统的单位名称：",
    "system": "系统管理员（登录名:姓名）：",
    "security": "安全管理员（登录名:姓名）：",
    "audit": "审计管理员（登录名:姓名）：",
}


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="luodi admins", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    for name, question in QUESTIONS.items():
        parser.add_argument(f"--{name}", help=question.rstrip("："))
    options = vars(parser.parse_args(argv))
    from luodi.commands.boot import migrate_when_behind, set_up

    set_up()
    migrate_when_behind()
    from django.utils import timezone

    from luodi.kernel.accounts.first import open_house, refuse_when_open
    from luodi.kernel.action import Refused
    from luodi.kernel.models import Role

    try:
        refuse_when_open()
        told = {name: options[name] or _ask(question) for name, question in QUESTIONS.items()}
        logins = {
            Role.SYSTEM_ADMIN: _login(told["system"]),
            Role.SECURITY_ADMIN: _login(told["security"]),
            Role.AUDIT_ADMIN: _login(told["audit"]),
        }
        given = open_house(told["city"].strip(), told["unit"], logins, timezone.localdate())
    except Refused as refused:
        print(f"luodi admins：{refused}", file=sys.stderr)
        return 1
    print("三位管理员已登记。一次性密码只显示这一次，请分别当面交给本人：\n")
    for each in given:
        print(f"  {each.role.label}　{each.login:16}{each.password}")
    print("\n首次登录须改密码并绑定动态口令。接下来见 docs/first-start.md。")
    return 0


def _ask(question: str) -> str:
    from luodi.kernel.action import Refused

    if not sys.stdin.isatty():
        raise Refused("请写明 {options}。", options="、".join(f"--{name}" for name in QUESTIONS))
    return input(question).strip()


def _login(told: str):  # type: ignore[no-untyped-def]
    """`zhangsan:张三`, also with the wide colon."""
    from luodi.kernel.accounts.first import Login
    from luodi.kernel.action import Refused

    login, colon, name = told.replace("：", ":").partition(":")
    if not colon:
        raise Refused("“{told}”应写成 登录名:姓名，如 zhangsan:张三。", told=told)
    return Login(login.strip(), name.strip())
