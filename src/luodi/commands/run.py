"""`luodi run`: the everyday start. Migrates, loads the demo city the first time, serves.

luodi run [--host H] [--port P] [--no-demo]
"""

from __future__ import annotations

import argparse
import os
import sys


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="luodi run", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-demo", action="store_true", help="start with an empty city")
    options = parser.parse_args(argv)

    from luodi.commands.serve import port_is_busy, serve

    if port_is_busy(options.host, options.port):
        print(f"端口 {options.port} 已被占用；换一个：./luodi run --port {options.port + 1}", file=sys.stderr)
        return 1
    os.environ.setdefault("LUODI_DEMO", "0" if options.no_demo else "1")
    from luodi.commands.boot import migrate_when_behind, set_up

    set_up()
    if migrate_when_behind():
        print("数据库已就绪。", file=sys.stderr)
    if options.no_demo:
        accounts = _first_step()
    else:
        from luodi.commands.demo_city import accounts_of_the_demo, load_demo_city
        from luodi.kernel.models import Person

        if not Person.objects.exists():
            print("第一次启动，正在载入演示城市（约半分钟）……", file=sys.stderr)
        load_demo_city()
        accounts = accounts_of_the_demo()
    address = f"http://{'localhost' if options.host == '127.0.0.1' else options.host}:{options.port}/"
    return serve(options.host, options.port, f"\n落地已启动：{address}\n{accounts}\n按 Ctrl+C 停止。")


def _first_step() -> str:
    """What an empty city needs before anybody can sign in."""
    from luodi.kernel.models import Person

    return (
        ""
        if Person.objects.exists()
        else "还没有人能登录。先登记三位管理员：./luodi admins（见 docs/first-start.md）"
    )
