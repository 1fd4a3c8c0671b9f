"""What anyone takes away to verify a draw: draw.json, verify_draw.py and README.txt in one zip, the same bytes every time."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

from django.utils import timezone

from luodi.scenarios.random_inspections.actions.pooling import VERIFIER, program_hash
from luodi.scenarios.random_inspections.models import Seat, Task
from luodi.scenarios.random_inspections.rules.draw import sha256

_SAME_TIME = (1980, 1, 1, 0, 0, 0)
README = """“双随机、一公开”抽取结果验证包

在装有 Python 3.8 以上版本的电脑上，解压后运行：

    python3 verify_draw.py draw.json

显示 OK，说明按公布的名单、随机数和公开事件重新抽取，结果与公布的逐字节相同；有任何不同，会逐项列出 DIFF。
程序不联网、不写文件、不用别的库，共 {lines} 行，可以先读后用。它的 SHA-256 是
{program}
这个值在抽取前已随抽取条件一起公布。

draw.json 里有什么
- pool        抽查对象名单：统一社会信用代码|信用风险类别|区划，按字节排序。
- inspectors  检查人员名单：代号|部门|证件有效期|专业|不得检查的对象。代号由证号加密得出，不含姓名；不写回避原因。
- terms       抽取条件：分类比例（万分比）、分层方式、每组人数、每人上限、本年已达频次上限的对象等。
- hashes      冻结名单时公布的各项 SHA-256，和两个部门对各自随机数的承诺。
- operator_nonce、discipline_nonce  经办、监督两方事后公开的随机数；event 是事先公布的公开事件，entropy 是它的结果。
- seed        种子 = SHA-256（对象名单哈希|人员名单哈希|抽取条件哈希|经办随机数|监督随机数|公开结果的十六进制）。
- result      抽取结果：对象|检查人员代号，按抽取先后。
- replacements  回避和补派：谁（代号）换成谁，也按散列值次序，不能挑选。

怎样抽
1. 按类别（和区划）分层；每个对象的键 = SHA-256（种子|subj|代码），每层取最小的 ⌈比例×户数⌉ 个。
   权重不同的层里，权重为 w 的对象有 w 张票 代码#1…代码#w，以最小的一张为准。
2. 按键的次序派人：可派人员的键 = SHA-256（种子|insp|代码|代号），每个必到部门取最小的一个，其余按次序补足。
"""


def package_of(task: Task) -> bytes:
    """The zip of a drawn task. Equal content gives equal bytes."""
    verifier = VERIFIER.read_text(encoding="utf-8")
    told = json.dumps(told_of(task), ensure_ascii=False, indent=1, sort_keys=True)
    readme = README.format(lines=len(verifier.splitlines()), program=program_hash())
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in (("draw.json", told), ("verify_draw.py", verifier), ("README.txt", readme)):
            packed.writestr(zipfile.ZipInfo(name, _SAME_TIME), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def told_of(task: Task) -> dict[str, Any]:
    """Everything that was published of a draw, as the verifier reads it. Names no person."""
    terms = dict(line.split("|")[:2] for line in task.terms.splitlines())
    return {
        "version": 1,
        "task": task.code,
        "title": task.title,
        "frozen_at": _moment(task.frozen_at),
        "committed_at": _moment(task.committed_at),
        "drawn_at": _moment(task.drawn_at),
        "event": task.event,
        "event_at": _moment(task.event_at),
        "entropy": task.operator_saw,
        "hashes": {
            "pool": sha256(task.pool),
            "inspectors": sha256(task.inspectors),
            "terms": sha256(task.terms),
            "program": terms["program"],
            "operator": task.operator_sha,
            "discipline": task.discipline_sha,
        },
        "operator_nonce": task.operator_nonce,
        "discipline_nonce": task.discipline_nonce,
        "seed": task.seed,
        "pool": task.pool,
        "inspectors": task.inspectors,
        "terms": task.terms,
        "result": task.result,
        "replacements": replacements_of(task),
    }


def replacements_of(task: Task) -> list[dict[str, str]]:
    """Every change of a crew after the draw, in the order in which it was made."""
    seats = Seat.objects.filter(check_of__task=task).select_related("check_of__firm", "replaces").order_by("id")  # fmt: skip
    drawn = {
        (uscc, tag)
        for uscc, tags in (line.split("|") for line in task.result.splitlines())
        for tag in tags.split(",")
    }
    return [
        {
            "subject": seat.check_of.firm.uscc,
            "out": seat.replaces.tag if seat.replaces else "",
            "in": seat.tag,
            "why": "recused" if seat.replaces else "short",
        }
        for seat in seats
        if (seat.check_of.firm.uscc, seat.tag) not in drawn
    ]


def _moment(at: Any) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds") if at else ""
