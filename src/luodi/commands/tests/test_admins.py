"""An empty city is opened once from outside, with three people, three passwords that open once, and a trace in the log."""

import pytest
from django.test import Client

from luodi.commands import admins
from luodi.kernel import audit
from luodi.kernel.models import AuditEntry, Division, Person, Posting, Unit

pytestmark = pytest.mark.django_db
OPTIONS = [
    "--city", "610200", "--unit", "铜川市数据局", "--system", "zhangsan:张三", "--security", "lisi：李四", "--audit", "wangwu:王五",
]  # fmt: skip


def opened(capsys, *changes: str) -> tuple[int, str, str]:
    options = [*OPTIONS, *changes]
    code = admins.main(options)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_three_administrators_with_passwords_that_must_be_changed_at_the_door(home, capsys):
    code, out, _ = opened(capsys)
    assert code == 0
    rows = {words[1]: words[2] for words in (line.split() for line in out.splitlines()) if len(words) == 3 and words[0].endswith("管理员")}  # fmt: skip
    assert set(rows) == {"zhangsan", "lisi", "wangwu"}
    held = dict(Posting.objects.values_list("person__login", "role"))
    assert held == {"zhangsan": "system_admin", "lisi": "security_admin", "wangwu": "audit_admin"}
    for login, password in rows.items():
        visitor = Client()
        answer = visitor.post("/login", {"username": login, "password": password})
        assert answer.url == "/login/enrol", "the second factor comes first, then another password"
        assert Person.objects.get(login=login).account.must_change_password
        assert password not in str(list(AuditEntry.objects.values_list("detail", flat=True)))
    assert Unit.objects.get().division.name == "铜川市"
    assert {"王益区", "宜君县"} <= set(
        Division.objects.filter(parent__code="610200").values_list("name", flat=True)
    )
    assert AuditEntry.objects.filter(action__in=("house.open", "accounts.first_post")).count() == 4
    assert audit.first_broken_entry() is None


def test_a_city_with_administrators_is_not_opened_again(home, capsys):
    assert opened(capsys)[0] == 0
    code, out, err = opened(capsys, "--system", "other:他人")
    assert (code, out) == (1, "")
    assert "已经有管理员了" in err
    assert Person.objects.count() == 3


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (("--city", "619999"), "没有代码“619999”"),
        (("--audit", "zhangsan:张三"), "由三个人担任"),
        (("--audit", "wangwu"), "应写成 登录名:姓名"),
        (("--audit", "Wang Wu:王五"), "登录名应为"),
        (("--unit", " "), "单位名称"),
        (("--audit", ""), "--audit"),
    ],
)
def test_what_can_not_be_leaves_the_city_empty(home, capsys, changes, said):
    code, _, err = opened(capsys, *changes)
    assert code == 1
    assert said in err
    assert not Person.objects.exists() and not Division.objects.exists()


def test_the_demonstration_has_its_administrators(city, capsys):
    assert admins.main([]) == 1
    assert "已经有管理员了" in capsys.readouterr().err
