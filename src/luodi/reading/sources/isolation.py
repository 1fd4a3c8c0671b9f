"""Native decoders (pdf, pictures, recognition) run in a child process with hard limits.

A damaged file can make such a library crash, loop or eat memory; then the child ends and the file is refused,
and the caller goes on. The child is `python -m luodi.reading.sources.isolation MODULE FUNCTION MEMORY`: bytes in
on stdin, one JSON object out on stdout, {"text": ..., "encoding": ...} or {"refusal": reason}.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass

from luodi.reading.sources.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory` in bytes of address space, `seconds` of wall time."""

    memory: int
    seconds: float


def run(reader: Callable[[bytes], tuple[str, str]], data: bytes, limits: Limits) -> tuple[str, str]:
    """Encoding and text as `reader(data)` gives them in a child; `reader` is a function of a module."""
    command = [sys.executable, "-m", __name__, reader.__module__, reader.__name__, str(limits.memory)]
    environment = {**os.environ, "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2")}
    try:
        child = subprocess.run(
            command, input=data, capture_output=True, timeout=limits.seconds, check=False, env=environment
        )
    except subprocess.TimeoutExpired as error:
        raise Refusal(
            f"解析超过 {limits.seconds:.0f} 秒仍未完成，已停止；文件可能已损坏，请另存一次或拆成几份再读"
        ) from error
    if child.returncode != 0:
        raise Refusal("解析时出错或超出内存上限，已停止；文件可能已损坏，请用原软件另存一次再读")
    answer: dict[str, str] = json.loads(child.stdout)
    if "refusal" in answer:
        raise Refusal(answer["refusal"])
    return answer["encoding"], answer["text"]


def _limit_memory(size: int) -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; the time limit still holds
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(module: str, function: str, memory: str) -> None:
    _limit_memory(int(memory))
    answer_to = os.dup(1)
    os.dup2(2, 1)  # a library that prints must not spoil the answer
    reader = getattr(importlib.import_module(module), function)
    try:
        encoding, text = reader(sys.stdin.buffer.read())
        answer = {"encoding": encoding, "text": text}
    except Refusal as refusal:
        answer = {"refusal": str(refusal)}
    with os.fdopen(answer_to, "w", encoding="utf-8") as out:
        json.dump(answer, out)


if __name__ == "__main__":
    _main(*sys.argv[1:])
