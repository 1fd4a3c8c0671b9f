"""The one entry: what it takes, and how it says no."""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path

import pytest

from luodi.reading.sources import Loaded, Refusal, isolation, legacy, load
from luodi.reading.sources.kinds import OLE
from luodi.reading.sources.refusal import MAX_FILE_BYTES
from luodi.reading.sources.tests.samples import TEXT, docx, html, ofd, pdf


def test_a_path_as_text_or_path_and_bytes_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "云溪市2022.txt"
    path.write_bytes(TEXT.encode())
    expected = Loaded("云溪市2022.txt", "txt", "utf-8", TEXT)
    assert load(path) == load(str(path)) == load(TEXT.encode(), name="云溪市2022.txt") == expected


def test_a_refusal_is_one_sentence_that_names_the_file(tmp_path: Path) -> None:
    empty = tmp_path / "空白.docx"
    empty.touch()
    with pytest.raises(Refusal) as refusal:
        load(empty)
    assert str(refusal.value) == "《空白.docx》是空文件；请核对是否选错了文件。"


def test_what_is_not_there_or_no_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refusal, match=r"《没有\.txt》不存在"):
        load(tmp_path / "没有.txt")
    with pytest.raises(Refusal, match="不是一个文件"):
        load(tmp_path)
    with pytest.raises(Refusal, match="不存在"):
        load("a\0b.txt")
    locked = tmp_path / "锁住.txt"
    locked.touch()

    def deny(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", deny)
    with pytest.raises(Refusal, match="无法打开；请核对路径和读取权限"):
        load(locked)


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    large = tmp_path / "大.pdf"
    with large.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 2**20)
    with pytest.raises(Refusal, match="有 51 MB，超过 50 MB 的上限"):
        load(large)


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("报告.docx", TEXT.encode(), "后缀是 .docx，内容却是纯文本；请核对文件，确认后把后缀改为 .txt 再读"),
        ("报告.pdf", docx(), "后缀是 .pdf，内容却是docx 文档；请核对文件，确认后把后缀改为 .docx 再读"),
        ("报告.txt", pdf(), "后缀是 .txt，内容却是PDF；请核对文件，确认后把后缀改为 .pdf 再读"),
        ("报告.docx", ofd(), "后缀是 .docx，内容却是OFD；请核对文件，确认后把后缀改为 .ofd 再读"),
        ("报告.doc", html(), "后缀是 .doc，内容却是网页；请核对文件，确认后把后缀改为 .html 再读"),
        ("报告.png", b"GIF89a" + bytes(20), "图片格式读不了；请另存为 png、jpg 或 tif 再读"),
        ("报告.docx", b"Rar!\x1a\x07\x01\x00", "是压缩包；请先解压，再读里面的文件"),
        ("报告.doc", b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "是单文件网页（mht）；请用浏览器或 Word 另存为 docx 再读"),
    ],
)  # fmt: skip
def test_a_document_that_is_not_what_its_name_says_is_refused(name: str, data: bytes, sentence: str) -> None:
    with pytest.raises(Refusal) as refusal:
        load(data, name=name)
    assert str(refusal.value) == f"《{name}》{sentence}。"


@pytest.mark.parametrize("name", ["", "报告", "报告.2022年终稿"])
def test_a_name_that_promises_nothing_lets_the_content_speak(name: str) -> None:
    assert [load(data, name=name).kind for data in (TEXT.encode(), docx(), ofd(), html())] == [
        "txt",
        "docx",
        "ofd",
        "html",
    ]


def test_a_text_without_chinese_is_refused() -> None:
    with pytest.raises(Refusal, match="没有可读的中文文字"):
        load(b"Report on the Work of the Government", name="report.txt")


def test_an_old_doc_without_libreoffice_is_refused_with_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Refusal, match=r"需要安装 LibreOffice.*另存为 docx"):
        load(OLE + "WordDocument".encode("utf-16-le"), name="报告.doc")


def office(folder: Path, script: str) -> None:
    """A stand-in for LibreOffice that keeps its command line."""
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)


def test_an_old_doc_goes_through_libreoffice_in_a_profile_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "made.docx").write_bytes(docx())
    office(
        tmp_path,
        f'echo "$@" > {tmp_path}/said; while [ "$1" != --outdir ]; do shift; done; cp {tmp_path}/made.docx "$2/document.docx"',
    )
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    loaded = load(OLE + "WordDocument".encode("utf-16-le"), name="报告.wps")
    assert (loaded.kind, loaded.encoding, loaded.text) == ("doc", "doc", TEXT)
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert "--headless" in said
    assert "-env:UserInstallation=file:///" in said


@pytest.mark.parametrize(("script", "sentence"), [("exit 1", "转换失败"), ("sleep 30", "超过 1 秒")])
def test_an_office_that_fails_or_hangs_is_a_refusal(
    script: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office(tmp_path, script)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(legacy, "SECONDS", 1)
    with pytest.raises(Refusal, match=sentence):
        load(OLE + "WordDocument".encode("utf-16-le"), name="报告.doc")


# What the child of the next tests runs: decoders that misbehave.


def crash(_: bytes) -> tuple[str, str]:
    os.abort()


def hang(_: bytes) -> tuple[str, str]:
    time.sleep(60)
    return "", ""


def swell(_: bytes) -> tuple[str, str]:
    return "", str(len(bytearray(2**30)))


def babble(_: bytes) -> tuple[str, str]:
    os.write(1, b"warning: a library that prints\n")
    return "pdf", "\ud800孤"


@pytest.fixture
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the child import this module by the name that pytest gave it."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[5]))


@pytest.mark.usefixtures("importable")
def test_a_decoder_that_crashes_hangs_or_swells_ends_as_a_refusal() -> None:
    for decoder, sentence in ((crash, "解析时出错"), (swell, "内存上限"), (hang, "超过 2 秒")):
        with pytest.raises(Refusal, match=sentence):
            isolation.run(decoder, b"", isolation.Limits(memory=256 * 2**20, seconds=2))


@pytest.mark.usefixtures("importable")
def test_a_library_that_prints_does_not_spoil_the_answer() -> None:
    assert isolation.run(babble, b"", isolation.Limits(memory=256 * 2**20, seconds=5)) == ("pdf", "\ud800孤")
