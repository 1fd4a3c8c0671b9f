"""`luodi serve [--host H] [--port P]`: the pages and one worker, until Ctrl+C."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType
from urllib.request import urlopen

GRACE = 15
"""Seconds that the page and the job in hand have to end by themselves."""


def arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="luodi serve", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    options = arguments(argv)
    return serve(options.host, options.port)


def port_is_busy(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def serve(host: str, port: int, when_ready: str = "") -> int:
    """Run the web server and the worker; when either ends, end both. Says `when_ready` once pages answer."""
    if port_is_busy(host, port):
        print(f"端口 {port} 已被占用；换一个：luodi run --port {port + 1}", file=sys.stderr)
        return 1
    threads = str(2 * (os.cpu_count() or 1) + 1)
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += ["--workers", "1", "--blocking-threads", threads, "--log-level", "warning"]
    web += ["luodi.site.wsgi:application"]
    work = [sys.executable, "-m", "luodi", "work"]
    # Groups of their own: Ctrl+C in a terminal reaches a whole group, and a web server told twice never ends.
    parts = [subprocess.Popen(command, env=os.environ, process_group=0) for command in (web, work)]

    def stop(_signal: int, _frame: FrameType | None) -> None:
        for part in parts:
            with suppress(ProcessLookupError):
                part.terminate()

    for sent in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(sent, stop)
    told, patience = False, time.monotonic() + 60
    while all(part.poll() is None for part in parts):
        if not told and (told := _answers(host, port)):
            print(when_ready or f"http://{host}:{port}/", flush=True)
        if not told and time.monotonic() > patience:
            print("启动超过一分钟仍没有应答，已停止；请看上面的错误信息。", file=sys.stderr)
            break
        time.sleep(0.5 if told else 0.1)
    stop(signal.SIGTERM, None)
    codes = [_end(part) for part in parts]
    return 0 if told and all(code in (0, -signal.SIGTERM, -signal.SIGINT) for code in codes) else 1


def _end(part: subprocess.Popen[bytes]) -> int:
    """Its code, once it has ended, or was ended with all that it had started."""
    try:
        return part.wait(GRACE)
    except subprocess.TimeoutExpired:
        os.killpg(part.pid, signal.SIGKILL)
        return part.wait()


def _answers(host: str, port: int) -> bool:
    with suppress(OSError), urlopen(f"http://{host}:{port}/health", timeout=2) as answer:
        return bool(answer.status == 200)
    return False
