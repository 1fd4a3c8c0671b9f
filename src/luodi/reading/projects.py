"""Projects: named, single undertakings of the coming year, and how far each is to be brought."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.reading.clauses import body_of, chunks
from luodi.reading.model import Heading, Horizon, Project, Span
from luodi.reading.project_grammar import Candidate, candidates, stage_of
from luodi.reading.project_names import BAR, may_name, own_names, weigh
from luodi.reading.sentences import sentences
from luodi.reading.vocabulary import any_of, words

# A first glance, for speed: a chunk without one of these names no work.
_SIGN = re.compile(
    any_of(
        "等期园院校路街线港站桥库厂廊渠馆所厦店镇矿仓段谷塔楼岸号铁城迁",
        words(
            "工程 项目 基地 码头 航道 中心 高速 机场 新区 广场 景区 保税 示范区 度假区 开发区 "
            "平台 孵化 改造 扩建 整治 治理 修复 输变电 技改 投产 投用 通车"
        ),
    )
)


def find_projects(text: str, horizons: Sequence[Horizon], headings: Sequence[Heading]) -> tuple[Project, ...]:
    """Every named undertaking in the year's part, in the order of the text, never overlapping."""
    out: list[Project] = []
    own = own_names(text)
    for horizon in horizons:
        if horizon.label != "year":
            continue
        for sentence in sentences(text, Span(horizon.start, horizon.end), headings):
            for chunk in chunks(text, body_of(text, sentence)):
                if not _SIGN.search(text, chunk.start, chunk.end):
                    continue
                listed = candidates(text, chunk)
                if not may_name(listed, own):
                    continue
                for work in chosen(listed, weigh(listed, own)):
                    stage = stage_of(work.before, work.behind)
                    out.append(Project(f"p{len(out) + 1}", work.start, work.end, work.name, work.name, stage))
    return tuple(out)


def chosen(listed: Sequence[Candidate], weights: Sequence[float]) -> list[Candidate]:
    """The candidates of a chunk that are names; of two that overlap the one for which more speaks."""
    taken: list[Candidate] = []
    for weight, candidate in sorted(zip(weights, listed, strict=True), key=lambda pair: -pair[0]):
        if weight <= BAR:
            break
        if not any(candidate.start < other.end and other.start < candidate.end for other in taken):
            taken.append(candidate)
    return sorted(taken, key=lambda candidate: candidate.start)
