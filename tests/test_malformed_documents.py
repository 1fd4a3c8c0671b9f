"""Damaged and hostile documents, kept in tests/malformed: each is answered with one sentence, soon and in little memory.

The corpus is read in one process of its own, whose memory and that of its children is measured.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from luodi.reading.sources import recognition

CORPUS = Path(__file__).parent / "malformed"
MAX_SECONDS = 10
MAX_BYTES = 512 * 2**20

HARMLESS = {
    "ofd/无尽间距.ofd": "各位代表",
    "pdf/交叉引用成环.pdf": "云溪市政府工作报告",
}
"""Files with a trap that reading steps over, and their first line."""

REASONS = {
    "doc/其实是网页.doc": "后缀是 .doc，内容却是网页；请核对文件，确认后把后缀改为 .html 再读",
    "doc/其实是表格.doc": "是表格或演示文稿，不是报告；请选择报告的 docx、pdf 或 txt",
    "doc/单文件网页.doc": "是单文件网页（mht）；请用浏览器或 Word 另存为 docx 再读",
    "doc/只有开头.doc": "不是 Word 文档，或已损坏；请用 Word 或 WPS 另存为 docx 再读",
    "doc/没有装转换工具.doc": "是旧版 doc 或 wps 格式，需要安装 LibreOffice 才能读；也可以用 Word 或 WPS 另存为 docx 再读",
    "docx/下载中断.docx": "压缩结构已损坏（可能没有下载完整）；请重新取得原文件",
    "docx/其实是压缩包.docx": "是压缩包，或是缺了正文的文档；请先解压，或用 Word 另存一次再读",
    "docx/其实是文本.docx": "后缀是 .docx，内容却是纯文本；请核对文件，确认后把后缀改为 .txt 再读",
    "docx/其实是表格.docx": "是表格或演示文稿，不是报告；请选择报告的 docx、pdf 或 txt",
    "docx/内容损坏.docx": "压缩内容已损坏（可能没有下载完整）；请重新取得原文件",
    "docx/压缩炸弹.docx": "解压后异常庞大，疑似压缩炸弹，已拒绝打开",
    "docx/只有删除稿.docx": "没有可读的中文文字；请核对是否选错了文件",
    "docx/只有开头.docx": "压缩结构已损坏（可能没有下载完整）；请重新取得原文件",
    "docx/外部实体.docx": "内含 XML 实体定义，疑似恶意文件，已拒绝打开",
    "docx/外部实体UTF-16.docx": "内含 XML 实体定义，疑似恶意文件，已拒绝打开",
    "docx/实体炸弹.docx": "内含 XML 实体定义，疑似恶意文件，已拒绝打开",
    "docx/嵌套过深.docx": "内部的 XML 已损坏；请重新取得原文件或另存一次再读",
    "docx/有密码.docx": "已加密；请先用 Word 或 WPS 打开，去掉密码后再读",
    "docx/未知压缩法.docx": "压缩内容已损坏（可能没有下载完整）；请重新取得原文件",
    "docx/条目加密.docx": "已加密；请先去掉密码再读",
    "docx/标签不全.docx": "内部的 XML 已损坏；请重新取得原文件或另存一次再读",
    "docx/没有中文.docx": "没有可读的中文文字；请核对是否选错了文件",
    "docx/没有正文.docx": "缺少正文部分，文件不完整；请用 Word 或 WPS 另存一次再读",
    "docx/空文件.docx": "是空文件；请核对是否选错了文件",
    "docx/缺少部件.docx": "缺少必需的部分 word/document.xml，文件不完整；请重新取得原文件",
    "docx/谎报大小的炸弹.docx": "压缩内容已损坏（可能没有下载完整）；请重新取得原文件",
    "html/乱码.html": "第 1 行起是乱码；请用原软件打开后另存为 UTF-8 文本再读",
    "html/只有导航.html": "没有可读的中文文字；请核对是否选错了文件",
    "html/实体炸弹.html": "没有可读的中文文字；请核对是否选错了文件",
    "html/嵌套过深.html": "网页嵌套过深，读不全；请用浏览器打开后把正文另存为文本再读",
    "html/断在标签里.html": "没有可读的中文文字；请核对是否选错了文件",
    "html/空页面.html": "没有可读的中文文字；请核对是否选错了文件",
    "ofd/下载中断.ofd": "压缩结构已损坏（可能没有下载完整）；请重新取得原文件",
    "ofd/位置不是数.ofd": "文字的位置缺失或已损坏，不合 OFD 规范；请用 OFD 阅读器另存一次再读",
    "ofd/压缩炸弹.ofd": "解压后异常庞大，疑似压缩炸弹，已拒绝打开",
    "ofd/同页万次.ofd": "超过 1000 页的上限；请拆开再读",
    "ofd/实体炸弹.ofd": "内含 XML 实体定义，疑似恶意文件，已拒绝打开",
    "ofd/缺图片.ofd": "缺少必需的部分 Doc_0/Res/scan.png，文件不完整；请重新取得原文件",
    "ofd/图片指向正文.ofd": "图片已损坏（可能没有下载完整）；请重新取得原文件",
    "ofd/没有位置.ofd": "文字的位置缺失或已损坏，不合 OFD 规范；请用 OFD 阅读器另存一次再读",
    "ofd/没有文档.ofd": "没有可读的中文文字；请核对是否选错了文件",
    "ofd/缺页.ofd": "缺少必需的部分 Doc_0/Pages/Page_0/Content.xml，文件不完整；请重新取得原文件",
    "ofd/越界路径.ofd": "缺少必需的部分 ../../../../etc/passwd，文件不完整；请重新取得原文件",
    "pdf/下载中断.pdf": "PDF 结构已损坏（可能没有下载完整）；请重新取得原文件",
    "pdf/乱码文字层.pdf": "第 1 行起是乱码；请用原软件打开后另存为 UTF-8 文本再读",
    "pdf/其实是网页.pdf": "后缀是 .pdf，内容却是网页；请核对文件，确认后把后缀改为 .html 再读",
    "pdf/内容自引用.pdf": "没有可读的中文文字；请核对是否选错了文件",
    "pdf/双层压缩炸弹.pdf": "解析时出错或超出内存上限，已停止；文件可能已损坏，请用原软件另存一次再读",
    "pdf/只有文件头.pdf": "PDF 结构已损坏（可能没有下载完整）；请重新取得原文件",
    "pdf/只有英文.pdf": "没有可读的中文文字；请核对是否选错了文件",
    "pdf/巨幅图片.pdf": "没有可读的中文文字；请核对是否选错了文件",
    "pdf/巨幅页面.pdf": "没有可读的中文文字；请核对是否选错了文件",
    "pdf/有密码.pdf": "已加密；请先去掉密码再读",
    "pdf/没有页面.pdf": "PDF 结构已损坏（可能没有下载完整）；请重新取得原文件",
    "pdf/表单炸弹.pdf": "解析时出错或超出内存上限，已停止；文件可能已损坏，请用原软件另存一次再读",
    "pdf/页数虚报.pdf": "PDF 结构已损坏（可能没有下载完整）；请重新取得原文件",
    "pdf/页树成环.pdf": "解析时出错或超出内存上限，已停止；文件可能已损坏，请用原软件另存一次再读",
    "picture/下载中断.png": "图片已损坏（可能没有下载完整）；请重新取得原文件",
    "picture/其实是GIF.png": "图片格式读不了；请另存为 png、jpg 或 tif 再读",
    "picture/只有开头.jpg": "图片已损坏（可能没有下载完整）；请重新取得原文件",
    "picture/巨幅.png": "图片像素数超过上限；请按 A4、300 dpi 重新扫描",
    "picture/超大.png": "图片有 8000×8000 像素，超过上限；请按 A4、300 dpi 重新扫描",
    "picture/文本块炸弹.png": "图片已损坏（可能没有下载完整）；请重新取得原文件",
    "picture/极大.png": "图片像素数超过上限；请按 A4、300 dpi 重新扫描",
    "picture/白纸.png": "没有可读的中文文字；请核对是否选错了文件",
    "picture/目录成环.tif": "图片已损坏（可能没有下载完整）；请重新取得原文件",
    "txt/GB18030断字.txt": "像是 gb18030 编码，但第 8 行有损坏的字节；请重新取得原文件",
    "txt/GBK当作Latin-1.txt": "第 1 行起是乱码；请用原软件打开后另存为 UTF-8 文本再读",
    "txt/GBK里夹UTF-8.txt": "文字编码无法确认（UTF-8、GB18030、UTF-16 都不能完整还原）；请用原软件打开后另存为 UTF-8 文本再读",
    "txt/UTF-16孤立代理.txt": "标明是 utf-16-le 编码，但第 459 个字节起已损坏；请重新取得原文件",
    "txt/UTF-16断字.txt": "标明是 utf-16-le 编码，但第 457 个字节起已损坏；请重新取得原文件",
    "txt/UTF-8当作GBK.txt": "第 1 行起是乱码；请用原软件打开后另存为 UTF-8 文本再读",
    "txt/UTF-8当作GBK再存GBK.txt": "像是 utf-8 编码，但第 1 行有损坏的字节；请重新取得原文件",
    "txt/UTF-8断字.txt": "像是 utf-8 编码，但第 8 行有损坏的字节；请重新取得原文件",
    "txt/丢字.txt": "第 3 行有丢失的字（�）；请从原文件重新导出",
    "txt/两种编码拼接.txt": "像是 utf-8 编码，但第 9 行有损坏的字节；请重新取得原文件",
    "txt/二进制.txt": "内容是二进制数据，不是文字；请另存为 docx、pdf 或 UTF-8 文本再读",
    "txt/其实是网页.txt": "后缀是 .txt，内容却是网页；请核对文件，确认后把后缀改为 .html 再读",
    "txt/只有空白.txt": "是空文件；请核对是否选错了文件",
    "txt/只有零.txt": "是空文件；请核对是否选错了文件",
    "txt/大五码.txt": "文字编码无法确认（UTF-8、GB18030、UTF-16 都不能完整还原）；请用原软件打开后另存为 UTF-8 文本再读",
    "txt/夹有零字节.txt": "内容是二进制数据，不是文字；请另存为 docx、pdf 或 UTF-8 文本再读",
}
"""What the sentence says after the file's name."""

RECOGNISED = ("picture/", "ofd/缺图片.ofd", "ofd/图片指向正文.ofd", "pdf/乱码文字层.pdf", "pdf/巨幅图片.pdf")
"""Files that only recognition can judge; without it they are answered with how to install it."""

READ_ALL = """
import json, resource, sys, time
from pathlib import Path
from luodi.reading.sources import Refusal, load
for path in sys.argv[1:]:
    started = time.monotonic()
    try:
        said = {"text": load(path).text}
    except Refusal as refusal:
        said = {"refusal": str(refusal)}
    seconds = time.monotonic() - started
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps({"path": path, "seconds": seconds, "bytes": peak * 1024, **said}), flush=True)
"""


@pytest.fixture(scope="module")
def answers() -> dict[str, dict[str, Any]]:
    """What reading said to each file, how long it took, and the largest process until then.

    A new process inherits the peak of the one it is forked from, here a large test run; so a shell stands between.
    """
    paths = [str(path) for path in kept()]
    child = subprocess.run(
        ["/bin/sh", "-c", '"$@"; exit $?', "sh", sys.executable, "-c", READ_ALL, *paths],
        capture_output=True,
        check=True,
        env={"PATH": ""},
        timeout=300,
    )
    lines = [json.loads(line) for line in child.stdout.splitlines()]
    return {str(Path(line["path"]).relative_to(CORPUS)): line for line in lines}


def kept() -> list[Path]:
    return [path for path in sorted(CORPUS.glob("*/*")) if path.parent.name != "__pycache__"]


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("malformed_make", CORPUS / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", REASONS)
def test_each_is_refused_with_its_sentence(path: str, answers: dict[str, dict[str, Any]]) -> None:
    if path.startswith(RECOGNISED) and not recognition.is_installed():
        pytest.skip("needs the extra [scan]")
    assert answers[path].get("refusal") == f"《{Path(path).name}》{REASONS[path]}。"


@pytest.mark.parametrize("path", HARMLESS)
def test_a_trap_that_does_no_harm_is_stepped_over(path: str, answers: dict[str, dict[str, Any]]) -> None:
    assert answers[path].get("text", "").split("\n")[0] == HARMLESS[path]


def test_none_takes_long_or_much(answers: dict[str, dict[str, Any]]) -> None:
    slowest = max(answers.values(), key=lambda answer: answer["seconds"])
    assert slowest["seconds"] < MAX_SECONDS, slowest["path"]
    assert max(answer["bytes"] for answer in answers.values()) < MAX_BYTES


def test_every_kept_file_has_its_sentence_and_comes_from_the_maker() -> None:
    """Names alone: what zlib makes of a bomb differs from one version to the next."""
    names = {str(path.relative_to(CORPUS)) for path in kept()}
    assert names == REASONS.keys() | HARMLESS.keys() == {name for name, _ in maker().files()}
    assert sum(path.stat().st_size for path in kept()) < 200_000
