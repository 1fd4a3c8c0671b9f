"""`luodi demo play`: the demonstration's year, from plan to report, in a home of its own."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path


def main(argv: list[str]) -> int:
    if argv[:1] != ["play"] or len(argv) > 2:
        print(
            "用法：luodi demo play [文件夹]　在这个（空的）文件夹里演一年；不写则用临时文件夹",
            file=sys.stderr,
        )
        return 2
    home = Path(argv[1]) if len(argv) == 2 else Path(tempfile.mkdtemp(prefix="luodi-play-"))
    if (home / "luodi.sqlite3").exists():
        print(f"{home} 里已有数据；请换一个空的文件夹。", file=sys.stderr)
        return 1
    os.environ.update(LUODI_HOME=str(home), LUODI_DEMO="1")
    from luodi.commands.boot import migrate_when_behind, set_up

    set_up()
    migrate_when_behind()
    from luodi.commands.demo_city import PASSWORD
    from luodi.commands.play import play

    play(lambda line: print(line, flush=True))
    print(f"演完了。去看：LUODI_HOME={home} ./luodi run（账号 ducha，密码 {PASSWORD}）")
    return 0
