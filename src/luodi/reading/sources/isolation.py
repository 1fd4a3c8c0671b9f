"""Native decoders (pdf, pictures, recognition) run in a child process with hard limits.

A damaged file can make such a library crash, loop or eat memory; then the child ends and the file is refused,
and the caller goes on. The child is `python -m luodi.reading.sources.isolation MODULE FUNCTION MEMORY`: bytes in
on stdin, one JSON object out on stdout, {"text": ..., "encoding": ...} or {"refusal": reason}. On stderr it may say
how many pages are done; whoever listens (`listening`) is told.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Thread, Timer
from typing import IO

from luodi.reading.sources.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Limits:
    """`memory` in bytes of address space, `seconds` of wall time."""

    memory: int
    seconds: float


Listener = Callable[[int, int], None]
"""Told how many pages are done, and of how many (0 when nobody knows yet)."""
PAGE = "@page"

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(listener: Listener | None) -> Iterator[None]:
    """Inside, `listener` is told of every page that a child has done."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def say_page(done: int, total: int) -> None:
    """In a child: tell the parent how far it is."""
    sys.stderr.write(f"{PAGE} {done} {total}\n")
    sys.stderr.flush()


def run(reader: Callable[[bytes], tuple[str, str]], data: bytes, limits: Limits) -> tuple[str, str]:
    """Encoding and text as `reader(data)` gives them in a child; `reader` is a function of a module."""
    command = [sys.executable, "-m", __name__, reader.__module__, reader.__name__, str(limits.memory)]
    environment = {**os.environ, "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "2")}
    child = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    assert child.stdin and child.stdout and child.stderr  # each is a pipe
    late = Timer(limits.seconds, child.kill)
    answers: list[bytes] = []
    helpers = [
        Thread(target=_feed, args=(child.stdin, data)),
        Thread(target=_drain, args=(child.stdout, answers)),
    ]
    for helper in (late, *helpers):
        helper.daemon = True
        helper.start()
    _listen(child.stderr)
    child.wait()
    for helper in helpers:
        helper.join()
    if late.finished.is_set():
        raise Refusal(
            f"解析超过 {limits.seconds:.0f} 秒仍未完成，已停止；文件可能已损坏，请另存一次或拆成几份再读"
        )
    late.cancel()
    if child.returncode != 0:
        raise Refusal("解析时出错或超出内存上限，已停止；文件可能已损坏，请用原软件另存一次再读")
    answer: dict[str, str] = json.loads(answers[0])
    if "refusal" in answer:
        raise Refusal(answer["refusal"])
    return answer["encoding"], answer["text"]


def _feed(into: IO[bytes], data: bytes) -> None:
    with contextlib.suppress(BrokenPipeError):  # a child that refuses early does not read to the end
        into.write(data)
    with contextlib.suppress(BrokenPipeError):
        into.close()


def _drain(out: IO[bytes], answers: list[bytes]) -> None:
    answers.append(out.read())


def _listen(errors: IO[bytes]) -> None:
    """Read what the child says until it ends, here and not in a thread: a listener may use a database."""
    listener = _listener.get()
    for line in errors:
        words = line.decode("utf-8", "replace").split()
        if listener and len(words) == 3 and words[0] == PAGE:
            listener(int(words[1]), int(words[2]))


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
