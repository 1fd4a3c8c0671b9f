"""`luodi restore DIR`: a backup into an empty LUODI_HOME (and an empty database), after every checksum has been compared.

Nothing is touched before the backup is known to be whole; the home folder appears whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from luodi.commands.backup import (
    COPY,
    DATABASE,
    HOME,
    MANIFEST,
    Fault,
    Manifest,
    Table,
    connected,
    files_in,
    home,
    run_program,
    sha256_of,
    tables_of_postgresql,
    tables_of_sqlite,
)

USAGE = "luodi restore 目录"


def main(argv: list[str]) -> int:
    if len(argv) != 1 or argv[0].startswith("-"):
        print(f"{__doc__}\n用法：{USAGE}", file=sys.stderr if argv[:1] != ["--help"] else sys.stdout)
        return 0 if argv[:1] in (["--help"], ["-h"]) else 2
    try:
        manifest = restore(Path(argv[0]), home(), os.environ.get("LUODI_DATABASE", ""))
    except Fault as fault:
        print(f"luodi restore：{fault}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"luodi restore：没有完成，{error.filename} {error.strerror}", file=sys.stderr)
        return 1
    rows = sum(table.rows for table in manifest.tables.values())
    print(f"恢复完成：{home()}（{len(manifest.tables)} 张表 {rows} 行与备份逐表相同）")
    return 0


def restore(folder: Path, target: Path, url: str) -> Manifest:
    """Raises Fault before anything is written when the backup is torn or edited, or the place is not empty."""
    if target.exists() and any(target.iterdir()):
        raise Fault(f"“{target}”里已有数据；恢复只写入空目录，请换一个 LUODI_HOME。")
    manifest = verified(folder)
    wanted = "postgresql" if url else "sqlite"
    if manifest.engine != wanted:
        raise Fault(f"这份备份来自 {manifest.engine}，而现在设置的数据库是 {wanted}；请核对 LUODI_DATABASE。")
    if url:
        _into_postgresql(folder / COPY["postgresql"], url, manifest)
    draft = target.with_name(f".{target.name}.{os.getpid()}.restoring")
    shutil.copytree(folder / HOME, draft)
    if not url:
        shutil.copy2(folder / COPY["sqlite"], draft / DATABASE)
        _compare(manifest.tables, tables_of_sqlite(draft / DATABASE))
    if target.exists():
        target.rmdir()
    draft.replace(target)
    return manifest


def verified(folder: Path) -> Manifest:
    """The manifest of a whole backup. Raises Fault that names the first thing that does not fit."""
    try:
        text = (folder / MANIFEST).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Fault(f"“{folder}”没有备份清单：不是备份，或备份没有做完；请换一份备份。") from error
    except UnicodeDecodeError as error:
        raise Fault("备份清单残缺，读不出来；请换一份备份。") from error
    manifest = Manifest.of_json(text)
    present = {str(path.relative_to(folder)) for path in files_in(folder)} - {MANIFEST}
    if missing := sorted(manifest.files.keys() - present):
        raise Fault(f"备份缺了 {len(missing)} 个文件，第一个是 {missing[0]}；请换一份备份。")
    if extra := sorted(present - manifest.files.keys()):
        raise Fault(f"备份里多出了清单之外的文件 {extra[0]}；请查明来历再恢复。")
    for path, digest in manifest.files.items():
        if sha256_of(folder / path) != digest:
            raise Fault(f"备份里的 {path} 被改动过或已损坏，与清单的校验值不符；请换一份备份。")
    if manifest.engine == "sqlite":
        _compare(manifest.tables, tables_of_sqlite(folder / COPY["sqlite"]))
    return manifest


def _into_postgresql(dump: Path, url: str, manifest: Manifest) -> None:
    with connected(url) as connection:
        if tables_of_postgresql(connection):
            raise Fault("LUODI_DATABASE 指的数据库里已有表；恢复只写入空库，请新建一个。")
        run_program("pg_restore", url, "--single-transaction", "--no-owner", "--exit-on-error", str(dump))
        _compare(manifest.tables, tables_of_postgresql(connection))


def _compare(told: dict[str, Table], found: dict[str, Table]) -> None:
    for name in sorted(told.keys() | found.keys()):
        if told.get(name) != found.get(name):
            rows = [table.rows if table else 0 for table in (told.get(name), found.get(name))]
            raise Fault(f"表 {name} 与清单不符（清单 {rows[0]} 行，实有 {rows[1]} 行）；请换一份备份。")
