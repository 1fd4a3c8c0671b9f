"""`luodi backup DIR`: a consistent copy of database, files and secrets, with a manifest that is written last.

The database is copied first and the files after it: a file is always kept before the row that names it and never
changed, so the copy has every file that its rows name. A folder without a manifest is a backup that did not finish.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

FORMAT = "luodi.backup/1"
MANIFEST = "manifest.json"
HOME = "home"
COPY = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
DATABASE = "luodi.sqlite3"
# The database is copied in its own way; the rest is made again when it is missed.
LEFT_OUT = (DATABASE, "test.sqlite3", "workers", "pictures")
DEBIAN = Path("/usr/lib/postgresql")
USAGE = "luodi backup 目录"


class Fault(Exception):
    """The copy can't be made, or can't be trusted; the message is a Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Table:
    """How many rows a table has, and the hash over all of them in the order of their keys."""

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: every file by its path, every table by its name."""

    engine: str
    made_at: str
    files: dict[str, str]
    tables: dict[str, Table]

    def to_json(self) -> str:
        content = {"format": FORMAT, **asdict(self)}
        return json.dumps({**content, "seal": _seal(content)}, ensure_ascii=False, indent=1) + "\n"

    @classmethod
    def of_json(cls, text: str) -> Manifest:
        """Raises Fault for what is torn, edited or of another format."""
        try:
            content = json.loads(text)
            seal = content.pop("seal")
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise Fault("备份清单残缺，读不出来；请换一份备份。") from error
        if seal != _seal(content):
            raise Fault("备份清单被改动过，与自己的封印不符；请换一份备份。")
        if content.pop("format") != FORMAT:
            raise Fault("备份清单的格式不是这个版本认识的；请用做备份的版本来恢复。")
        tables = {name: Table(**table) for name, table in content.pop("tables").items()}
        return cls(tables=tables, **content)


def main(argv: list[str]) -> int:
    if len(argv) != 1 or argv[0].startswith("-"):
        print(f"{__doc__}\n用法：{USAGE}", file=sys.stderr if argv[:1] != ["--help"] else sys.stdout)
        return 0 if argv[:1] in (["--help"], ["-h"]) else 2
    folder = Path(argv[0])
    try:
        manifest = back_up(home(), os.environ.get("LUODI_DATABASE", ""), folder)
    except Fault as fault:
        print(f"luodi backup：{fault}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"luodi backup：没有完成，{error.filename or folder} {error.strerror}；这个目录不能用来恢复。",
            file=sys.stderr,
        )
        return 1
    rows = sum(table.rows for table in manifest.tables.values())
    print(
        f"备份完成：{folder}（{len(manifest.tables)} 张表 {rows} 行，{len(manifest.files)} 个文件，每个都有校验值）"
    )
    return 0


def home() -> Path:
    """LUODI_HOME, told without loading the settings, which would make it."""
    return Path(os.environ.get("LUODI_HOME", Path(__file__).resolve().parents[3] / "var")).resolve()


def back_up(source: Path, url: str, folder: Path) -> Manifest:
    """Copy what lies in `source` and in the database (`url`, or SQLite in `source`) to a new folder."""
    if folder.exists() and any(folder.iterdir()):
        raise Fault(f"“{folder}”不是空目录；请给一个新的目录名，免得新旧备份混在一起。")
    if not source.is_dir():
        raise Fault(f"没有数据目录“{source}”；请核对 LUODI_HOME。")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)  # secrets and personal data lie inside
    engine = "postgresql" if url else "sqlite"
    copy = folder / COPY[engine]
    tables = _copy_postgresql(url, copy) if url else _copy_sqlite(source / DATABASE, copy)
    _copy_home(source, folder / HOME)
    files = {str(path.relative_to(folder)): sha256_of(path) for path in files_in(folder)}
    for path in files:
        if path.startswith(f"{HOME}/files/") and files[path] != Path(path).name:
            raise Fault(f"文件 {path} 与自己的指纹不符，原件已经损坏；请先查明再备份。")
    manifest = Manifest(engine, datetime.now(UTC).isoformat(timespec="seconds"), files, tables)
    draft = folder / f".{MANIFEST}.part"
    with draft.open("w", encoding="utf-8") as out:
        out.write(manifest.to_json())
        out.flush()
        os.fsync(out.fileno())
    draft.replace(folder / MANIFEST)
    return manifest


def files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sha256_of(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _copy_home(source: Path, target: Path) -> None:
    def left_out(folder: str, names: list[str]) -> list[str]:
        top = Path(folder) == source
        # drafts of files that were being kept at that moment
        return [name for name in names if name.startswith("tmp") or (top and name.startswith(LEFT_OUT))]

    shutil.copytree(source, target, ignore=left_out)


# ---- SQLite: the online copy of its own library, while others read and write


def _copy_sqlite(database: Path, copy: Path) -> dict[str, Table]:
    if not database.exists():
        raise Fault(f"没有数据库“{database}”；请核对 LUODI_HOME。")
    with (
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode=DELETE")
    return tables_of_sqlite(copy)


def tables_of_sqlite(database: Path) -> dict[str, Table]:
    """Raises Fault for a file that is no whole database."""
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source:
            names = source.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
            return {
                name: _table(
                    repr(row).encode() for row in source.execute(f'SELECT * FROM "{name}" ORDER BY 1')
                )
                for (name,) in sorted(names)
            }
    except sqlite3.DatabaseError as error:
        raise Fault(f"备份里的数据库已损坏（{error}）；请换一份备份。") from error


# ---- PostgreSQL: pg_dump of one moment, and the sums of that same moment


def _copy_postgresql(url: str, copy: Path) -> dict[str, Table]:
    with connected(url) as connection:
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        snapshot = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
        run_program(
            "pg_dump", url, f"--snapshot={snapshot}", "--format=custom", "--no-owner", f"--file={copy}"
        )
        return tables_of_postgresql(connection)


def connected(url: str) -> Any:
    import psycopg

    try:
        return psycopg.connect(url, autocommit=True)
    except psycopg.OperationalError as error:
        raise Fault(f"连不上数据库：{str(error).strip()}") from error


def tables_of_postgresql(connection: Any) -> dict[str, Table]:
    names = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    ).fetchall()
    found = {}
    for (name,) in names:
        query = f'COPY (SELECT * FROM "{name}" ORDER BY 1) TO STDOUT'
        with connection.cursor() as cursor, cursor.copy(query) as rows:
            found[name] = _table(bytes(row) for row in rows)
    return found


def run_program(name: str, url: str, *arguments: str) -> None:
    """A program of PostgreSQL's own on the database of `url`; the password never stands on the command line."""
    parts = urlsplit(url)
    bare = parts._replace(
        netloc=f"{parts.username or ''}@{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
    )
    environment = {**os.environ, "PGPASSWORD": unquote(parts.password or "")}
    command = [_program(name), *arguments, f"--dbname={urlunsplit(bare)}"]
    done = subprocess.run(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise Fault(f"{name} 没有成功：{done.stderr.strip()[-400:]}")


def _program(name: str) -> str:
    """On the path, or the newest of Debian's."""
    installed = sorted(DEBIAN.glob(f"*/bin/{name}"), key=lambda path: float(path.parts[-3]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if found is None:
        raise Fault(f"没有找到 {name}；请安装 postgresql-client。")
    return found


def _table(rows: Iterable[bytes]) -> Table:
    count, total = 0, hashlib.sha256()
    for row in rows:
        count += 1
        total.update(row + b"\n")
    return Table(count, total.hexdigest())


def _seal(content: dict[str, Any]) -> str:
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
