"""Text in pictures, by rapidocr with the models that ship inside its package: nothing is downloaded.

Memory is what bounds the settings: lines are recognised one by one, and found on a picture of `FIND_SIDE`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from luodi.reading.sources import isolation
from luodi.reading.sources.encodings import HAN
from luodi.reading.sources.layout import Line, Piece
from luodi.reading.sources.layout import lines_of as lines_of_pieces
from luodi.reading.sources.refusal import Refusal

LIMITS = isolation.Limits(memory=3 * 2**29, seconds=600)
"""Address space counts what the runtime reserves; what it holds stays under 512 MB."""
MAX_SIDE = 2400
FIND_SIDE = 1120
MAX_LINES = 400
NARROW = re.compile(r"(?<=[\u4e00-\u9fff）”])[,:;!?)]|\((?=[\u4e00-\u9fff])")
WIDE = str.maketrans(",:;!?()", "，：；！？（）")
"""The models give Chinese punctuation partly in its narrow form; beside a Chinese character it is made wide."""
PATIENCE = 3
"""Pages without a Chinese character that may open a scan before it is given up."""


def is_installed() -> bool:
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def require() -> None:
    """Refuses when the extra [scan] is not installed."""
    if not is_installed():
        raise Refusal(
            "是扫描件、图片或文字层不可用的 PDF，需要文字识别组件；请先执行 ./luodi setup scan 再读"
        )


def lines_of(picture: Any, page: int, scale: float = 1.0) -> list[Line]:
    """The lines of text in an RGB array of height x width x 3 bytes, with `scale` dots for a unit of the page."""
    if picture.std() < 2:  # an empty sheet
        return []
    found = _engine()(picture)
    if found.txts is None:
        return []
    pieces = [
        Piece(NARROW.sub(lambda sign: sign.group().translate(WIDE), text.strip()), *_box(corners / scale))
        for text, corners in zip(found.txts, found.boxes, strict=True)
        if text.strip()
    ]
    return lines_of_pieces(pieces, page)


def as_long_as_chinese(pages: Iterable[list[Line]], total: int = 0) -> Iterator[list[Line]]:
    """The pages, until `PATIENCE` of them have shown no Chinese from the first on; says how many are done."""
    chinese = False
    for number, page in enumerate(pages, start=1):
        isolation.say_page(number, total)
        chinese = chinese or any(HAN.search(line.text) for line in page)
        if number >= PATIENCE and not chinese:
            raise Refusal("没有识别出中文文字；请检查扫描是否清晰、方向是否正确")
        yield page


def _box(corners: Any) -> tuple[float, float, float, float]:
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


@cache
def _engine() -> Any:
    import rapidocr

    models = Path(rapidocr.__file__).parent / "models"
    finder, reader = next(models.glob("*_det_*.onnx"), None), next(models.glob("*_rec_*.onnx"), None)
    if finder is None or reader is None:  # without a path rapidocr would fetch one from the internet
        raise Refusal("需要文字识别模型，但安装的 rapidocr 没有自带；请重新执行 ./luodi setup scan")
    return rapidocr.RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Global.max_side_len": MAX_SIDE,
            "Det.model_path": str(finder),
            "Det.limit_type": "max",
            "Det.limit_side_len": FIND_SIDE,
            "Det.max_candidates": MAX_LINES,
            "Rec.model_path": str(reader),
            "Rec.rec_batch_num": 1,
            "EngineConfig.onnxruntime.intra_op_num_threads": 2,
        }
    )
