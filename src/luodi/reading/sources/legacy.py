"""doc, wps and rtf: turned into docx by LibreOffice, in a profile of its own that is thrown away."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from luodi.reading.sources import word
from luodi.reading.sources.refusal import Refusal

SECONDS = 60


def read(data: bytes) -> tuple[str, str]:
    """Encoding ("doc") and text."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Refusal(
            "是旧版 doc 或 wps 格式，需要安装 LibreOffice 才能读；也可以用 Word 或 WPS 另存为 docx 再读"
        )
    with tempfile.TemporaryDirectory(prefix="luodi-") as folder:
        old, new = Path(folder, "document.doc"), Path(folder, "document.docx")
        old.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(old),
        ]  # fmt: skip
        quiet = subprocess.DEVNULL
        office = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)
        try:
            office.wait(SECONDS)
        except subprocess.TimeoutExpired as error:
            raise Refusal(
                f"转换超过 {SECONDS} 秒仍未完成，已停止；请用 Word 或 WPS 另存为 docx 再读"
            ) from error
        finally:
            _end(office)
        if not new.is_file():
            raise Refusal("转换失败，文件可能已损坏或有密码；请用 Word 或 WPS 另存为 docx 再读")
        return "doc", word.read(new.read_bytes())[1]


def _end(office: subprocess.Popen[bytes]) -> None:
    """Ends a program that still runs, with all that it has started: soffice is a wrapper around another."""
    if office.poll() is None:
        os.killpg(office.pid, signal.SIGKILL)
        office.wait()
