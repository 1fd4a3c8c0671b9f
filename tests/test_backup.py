"""A city is carried off in one folder and put up again elsewhere, table by table the same; a touched backup is refused."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from luodi.commands import backup, restore

ROOT = Path(__file__).resolve().parent.parent
FILL = """
from tools import seed, tables
tables.set_up(); tables.make_tables()
seed.fill(seed.Size(commitments=60, units=5, years=2, audit=300))
"""


def fill(home: Path, url: str = "") -> None:
    """A small city of synthetic data in a home of its own."""
    environment = {**os.environ, "LUODI_HOME": str(home), "LUODI_DATABASE": url}
    subprocess.run([sys.executable, "-c", FILL], cwd=ROOT, env=environment, check=True, timeout=120)


@pytest.fixture(scope="module")
def city(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("city")
    fill(home)
    return home


@pytest.fixture(scope="module")
def whole(city, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("backups") / "whole"
    backup.back_up(city, "", folder)
    return folder


@pytest.fixture
def copy(whole, tmp_path) -> Path:
    """A backup that may be spoilt."""
    return Path(shutil.copytree(whole, tmp_path / "copy"))


def kept(home: Path) -> dict[str, bytes]:
    left = ("luodi.sqlite3", "workers", "pictures")
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in backup.files_in(home)
        if not str(path.relative_to(home)).startswith(left)
    }


def test_every_table_file_and_secret_comes_back(city, whole, tmp_path):
    home = tmp_path / "new"
    manifest = restore.restore(whole, home, "")
    tables = backup.tables_of_sqlite(home / "luodi.sqlite3")
    assert tables == manifest.tables == backup.tables_of_sqlite(city / "luodi.sqlite3")
    assert tables["kernel_auditentry"].rows >= 300
    assert tables["commitments_commitment"].rows == 60
    assert kept(home) == kept(city)
    assert "secret" in kept(home)


def test_the_restored_log_still_holds(whole, tmp_path):
    restore.restore(whole, tmp_path / "new", "")
    done = subprocess.run(
        [sys.executable, "-m", "luodi", "check", "audit"], cwd=ROOT, capture_output=True, text=True, timeout=60,
        env={**os.environ, "LUODI_HOME": str(tmp_path / "new"), "LUODI_DATABASE": ""},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("审计链完好")


def test_a_backup_taken_while_others_write_is_of_one_moment(city, tmp_path):
    """A writer moves a unit between two tables' sums; each backup sees both of its writes or neither."""
    home = Path(shutil.copytree(city, tmp_path / "busy"))
    stop = threading.Event()

    def write():
        with closing(sqlite3.connect(home / "luodi.sqlite3", timeout=20, isolation_level=None)) as database:
            number = 0
            while not stop.is_set():
                number += 1
                database.execute("BEGIN IMMEDIATE")
                database.execute("UPDATE kernel_chainhead SET length = ?", (number,))
                database.execute("UPDATE kernel_division SET short_name = ?", (str(number),))
                database.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for attempt in range(5):
            folder = tmp_path / f"backup-{attempt}"
            backup.back_up(home, "", folder)
            with closing(sqlite3.connect(folder / "database.sqlite3")) as database:
                (length,) = database.execute("SELECT length FROM kernel_chainhead").fetchone()
                (name,) = database.execute("SELECT short_name FROM kernel_division").fetchone()
            assert str(length) == name or name == "合成"
            restore.verified(folder)
    finally:
        stop.set()
        writer.join()


def test_every_edited_byte_is_found(copy):
    """One byte turned in the middle of each file in turn."""
    for path in backup.files_in(copy):
        before = path.read_bytes()
        middle = len(before) // 2
        path.write_bytes(before[:middle] + bytes([before[middle] ^ 1]) + before[middle + 1 :])
        with pytest.raises(backup.Fault, match="请换一份备份"):
            restore.verified(copy)
        path.write_bytes(before)
    assert restore.verified(copy).engine == "sqlite"


def test_a_manifest_made_to_fit_an_edited_table_is_found(copy):
    """Someone edits a row and puts the file's new hash into the manifest, seal and all: the table's sum tells."""
    with closing(sqlite3.connect(copy / "database.sqlite3")) as database, database:
        database.execute("UPDATE kernel_person SET name = '别人' WHERE login = 'ducha'")
    content = json.loads((copy / "manifest.json").read_text())
    content.pop("seal")
    content["files"]["database.sqlite3"] = backup.sha256_of(copy / "database.sqlite3")
    content["seal"] = backup._seal(content)
    (copy / "manifest.json").write_text(json.dumps(content))
    with pytest.raises(backup.Fault, match="表 kernel_person 与清单不符"):
        restore.verified(copy)


def test_a_torn_backup_is_refused_and_nothing_is_written(copy, tmp_path):
    (copy / "manifest.json").unlink()
    with pytest.raises(backup.Fault, match="没有备份清单"):
        restore.restore(copy, tmp_path / "new", "")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("change", ["missing", "extra"])
def test_a_file_too_few_or_too_many_is_named(copy, change):
    path = copy / "home" / "secret"
    if change == "missing":
        path.unlink()
    else:
        path.with_name("插入").write_text("x")
    with pytest.raises(backup.Fault, match="home/secret" if change == "missing" else "home/插入"):
        restore.verified(copy)


def test_a_home_with_data_is_never_written_over(whole, city):
    before = kept(city)
    with pytest.raises(backup.Fault, match="已有数据"):
        restore.restore(whole, city, "")
    assert kept(city) == before


def test_a_kept_file_that_rotted_is_found_when_it_is_backed_up(city, tmp_path):
    home = Path(shutil.copytree(city, tmp_path / "rotten"))
    file = next(path for path in backup.files_in(home / "files"))
    file.write_bytes(file.read_bytes() + b"x")
    with pytest.raises(backup.Fault, match="与自己的指纹不符"):
        backup.back_up(home, "", tmp_path / "backup")
    assert not (tmp_path / "backup" / "manifest.json").exists()


def test_the_commands_say_one_sentence(city, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("LUODI_HOME", str(city))
    monkeypatch.delenv("LUODI_DATABASE", raising=False)
    assert backup.main([str(tmp_path / "b")]) == 0
    assert "每个都有校验值" in capsys.readouterr().out
    assert backup.main([str(tmp_path / "b")]) == 1
    assert "不是空目录" in capsys.readouterr().err
    monkeypatch.setenv("LUODI_HOME", str(tmp_path / "new"))
    assert restore.main([str(tmp_path / "b")]) == 0
    assert "与备份逐表相同" in capsys.readouterr().out
    assert restore.main([]) == 2


def test_postgresql_comes_back_table_by_table(postgres, tmp_path):
    source, target = postgres.create("city"), postgres.create("city_restored")
    fill(tmp_path / "home", source)
    manifest = backup.back_up(tmp_path / "home", source, tmp_path / "backup")
    assert manifest.tables["kernel_auditentry"].rows >= 300
    restore.restore(tmp_path / "backup", tmp_path / "new", target)
    with backup.connected(target) as connection:
        assert backup.tables_of_postgresql(connection) == manifest.tables
    assert kept(tmp_path / "new") == kept(tmp_path / "home")
    with pytest.raises(backup.Fault, match="已有表"):
        restore.restore(tmp_path / "backup", tmp_path / "again", target)
