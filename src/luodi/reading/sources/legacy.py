"""doc, wps and rtf: turned into docx by LibreOffice, in a profile of its own that is thrown away."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from luodi.reading.sources import word
from luodi.reading.sources.refusal import Refusal

SECONDS = 60


def read(data: bytes) -> tuple[str, str]:
    """ "doc" and the text."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Refusal(
            "是旧版 doc 或 wps 格式，需要安装 LibreOffice 才能读；也可以用 Word 或 WPS 另存为 docx 再读"
        )
    with tempfile.TemporaryDirectory(prefix="luodi-") as folder:
        old, new = Path(folder, "document.doc"), Path(folder, "document.docx")
        old.write_bytes(data)
        command = [
            office,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless", "--norestore", "--nolockcheck",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(old),
        ]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise Refusal(
                f"转换超过 {SECONDS} 秒仍未完成，已停止；请用 Word 或 WPS 另存为 docx 再读"
            ) from error
        if not new.is_file():
            raise Refusal("转换失败，文件可能已损坏或有密码；请用 Word 或 WPS 另存为 docx 再读")
        return "doc", word.read(new.read_bytes())[1]
