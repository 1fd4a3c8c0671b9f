"""Evidence 佐证: a file that shows a fact, attached to any object, looked at before it is believed.

    evidence.accept_on(Commitment, may=serves, site=site_of)         # once, where the model's actions are
    evidence.attach(by, commitment, "桥面.jpg", content, "桥面铺装完成")
    evidence.doubts(piece)                                           # what a person should look at twice
    evidence.doubts_of(evidence.of(commitment))                      # the same for a whole list, in three queries

A piece is never deleted: it is withdrawn and stays on record, and its file is held by a protected key.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.db.models.functions import Substr
from django.utils import timezone
from rules.predicates import predicate

from luodi.kernel import files, pictures
from luodi.kernel.action import Refused, action
from luodi.kernel.file_kinds import Kind, WrongFile, kind_of
from luodi.kernel.models import Evidence, Person, Picture, StoredFile
from luodi.kernel.models.evidence import BANDS
from luodi.kernel.permission import is_supervision
from luodi.kernel.spoken import say

FAR_M = 1000
"""Farther from the site than this is pointed out; a phone indoors is often off by hundreds of metres."""
PUBLIC_SIDE = 1920
SIDES = (240, PUBLIC_SIDE)

May = Callable[[Any, Any], bool]
SiteOf = Callable[[Any], pictures.Place | None]


@dataclass(frozen=True, slots=True)
class _Rules:
    may: May
    site: SiteOf


_accepted: dict[str, _Rules] = {}


def accept_on(model: type[Model], *, may: May, site: SiteOf = lambda _subject: None) -> None:
    """Objects of `model` take evidence from those for whom `may(person, object)` holds; `site` is where it stands."""
    _accepted[model._meta.label_lower] = _Rules(may, site)


@predicate
def may_attach(person: Any, subject: Any) -> bool:
    """By the rule of the object's model; a model that never said who may takes none."""
    rules = _accepted.get(subject._meta.label_lower)
    return rules is not None and rules.may(person, subject)


@predicate
def may_withdraw(person: Any, piece: Evidence) -> bool:
    """Whoever brought it while still answering for the object, and the supervision office."""
    return is_supervision(person) or (piece.by_id == person.pk and may_attach(person, subject_of(piece)))


def take_in(by: Person, name: str, content: bytes) -> tuple[StoredFile, Picture | None]:
    """Keep a file that is what its name says, with what it tells when it is a picture. Raises Refused."""
    if len(content) > settings.LUODI_UPLOAD_BYTES:
        raise Refused("“{name}”超过 {mb} MB 的上限。", name=name, mb=settings.LUODI_UPLOAD_BYTES // 2**20)
    try:
        kind = kind_of(name, content)
        facts = pictures.read_picture(name, content) if kind.is_picture else None
    except WrongFile as wrong:
        raise Refused(wrong.sentence, **wrong.named) from wrong
    file, _ = files.store(by, name, content)
    return file, _keep_picture(file, facts) if facts else None


@action("evidence.attach", may=may_attach)
def attach(by: Person, subject: Model, name: str, content: bytes, title: str = "") -> Evidence:
    """Keep a file as evidence of `subject`; the same bytes again give the piece that is there."""
    file, picture = take_in(by, name, content)
    label, key = subject._meta.label_lower, subject.pk
    piece, _ = Evidence.objects.get_or_create(
        label=label,
        key=key,
        file=file,
        withdrawn_at=None,
        defaults={
            "title": (title.strip() or name)[:200],
            "by": by,
            "away_m": _away(picture, _accepted[label].site(subject)),
        },
    )
    return piece


@action("evidence.withdraw", may=may_withdraw)
def withdraw(by: Person, piece: Evidence, why: str) -> Evidence:
    """Take a piece back, with the reason; it is no longer shown, and stays on record."""
    if piece.withdrawn_at:
        raise Refused("这份佐证已经撤回了。")
    if not why.strip():
        raise Refused("撤回佐证请写明理由。")
    piece.withdrawn_at, piece.withdrawn_by, piece.withdrawn_why = timezone.now(), by, why.strip()[:200]
    piece.is_public = False
    piece.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why", "is_public"])
    return piece


@action("evidence.publish", may=is_supervision)
def publish(by: Person, piece: Evidence, is_public: bool) -> Evidence:
    """Say that a piece is fit for the public, or no longer."""
    if piece.withdrawn_at:
        raise Refused("已经撤回的佐证不能公开。")
    piece.is_public = is_public
    piece.save(update_fields=["is_public"])
    return piece


def of(subject: Model) -> QuerySet[Evidence]:
    """What stands for an object, oldest first."""
    return Evidence.objects.filter(
        label=subject._meta.label_lower, key=subject.pk, withdrawn_at=None
    ).select_related("file__picture", "by")


def stand_elsewhere(subject: Model, hashes: Iterable[str]) -> set[str]:
    """Those of the SHA-256 whose files are evidence of something else."""
    found = Evidence.objects.filter(file__sha256__in=list(hashes), withdrawn_at=None)
    others = found.exclude(label=subject._meta.label_lower, key=subject.pk)
    return set(others.values_list("file__sha256", flat=True))


def subject_of(piece: Evidence) -> Model:
    return apps.get_model(piece.label)._default_manager.get(pk=piece.key)


def kind_of_piece(piece: Evidence) -> Kind:
    return kind_of(piece.file.name, files.content_of(piece.file))


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to look at twice: a code for lists, a sentence for people, and the other piece it is about."""

    code: str
    sentence: str
    other: Evidence | None = None


def doubts(piece: Evidence) -> list[Doubt]:
    """The same bytes or a look-alike elsewhere, and a photo taken far from the site. Suspicions, never verdicts."""
    return doubts_of([piece])[piece.pk]


def doubts_of(pieces: Iterable[Evidence]) -> dict[int, list[Doubt]]:
    """Doubts about each piece by its key: three queries for any number whose files and pictures are at hand."""
    rows = list(pieces)
    shots = {piece.file_id: piece.file.picture for piece in rows if _picture_of(piece)}
    alike = _alike_files([shot for shot in shots.values() if shot.likeness])
    wanted = {piece.file_id for piece in rows}.union(*alike.values())
    elsewhere: dict[int, list[Evidence]] = defaultdict(list)
    for other in Evidence.objects.filter(withdrawn_at=None, file__in=wanted):
        elsewhere[other.file_id].append(other)
    return {piece.pk: list(_doubts(piece, elsewhere, alike.get(piece.file_id, set()))) for piece in rows}


def _doubts(piece: Evidence, elsewhere: dict[int, list[Evidence]], alike: set[int]) -> Iterator[Doubt]:
    for other in elsewhere[piece.file_id]:
        if (other.label, other.key) != (piece.label, piece.key):
            yield Doubt("same_file", say("同一个文件也作为“{title}”的佐证用过。", title=other.title), other)
    for other in (each for file in sorted(alike) for each in elsewhere[file] if each.pk != piece.pk):
        yield Doubt("look_alike", say("与“{title}”的照片几乎相同，可能是同一张。", title=other.title), other)
    if piece.away_m is not None and piece.away_m > FAR_M:
        yield Doubt("far_away", say("拍摄地点距现场约 {km} 公里。", km=f"{piece.away_m / 1000:.1f}"))


def _picture_of(piece: Evidence) -> Picture | None:
    """What the photo tells, or None for other files."""
    return getattr(piece.file, "picture", None)


def _alike_files(shots: list[Picture]) -> dict[int, set[int]]:
    """By file, the files that show the same shot again, resized or recompressed (at most ALIKE_BITS of 64 differ)."""
    bands = {f"band_{at}": Substr("likeness", at, 4) for at in BANDS}
    shared = Q(pk__in=())
    for shot in shots:
        for at in BANDS:
            shared |= Q(**{f"band_{at}": shot.likeness[at - 1 : at + 3]})
    candidates = list(Picture.objects.alias(**bands).filter(shared).exclude(likeness="")) if shots else []
    return {
        shot.file_id: {
            other.file_id
            for other in candidates
            if other.pk != shot.pk
            and pictures.differing_bits(other.likeness, shot.likeness) <= pictures.ALIKE_BITS
        }
        for shot in shots
    }


def small_picture(file: StoredFile, side: int) -> bytes:
    """A JPEG without any word about camera, time or place. Made once; the folder `pictures` may be emptied any time."""
    if side not in SIDES:
        raise ValueError(f"no pictures of side {side}; there are {SIDES}")
    place = Path(settings.LUODI_HOME) / "pictures" / f"{file.sha256}-{side}.jpg"
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as draft:
            draft.write(pictures.bare_copy(files.content_of(file), side))
        Path(draft.name).replace(place)
    return place.read_bytes()


def for_the_public(piece: Evidence) -> tuple[bytes, str]:
    """What a visitor gets, and its media type: of a picture only the bare copy. Raises LookupError when not public."""
    if not piece.is_public or piece.withdrawn_at:
        raise LookupError(f"evidence {piece.pk} is not public")
    kind = kind_of_piece(piece)
    if kind.is_picture:
        return small_picture(piece.file, PUBLIC_SIDE), "image/jpeg"
    return files.content_of(piece.file), kind.media_type


def _keep_picture(file: StoredFile, facts: pictures.Facts) -> Picture:
    latitude, longitude = facts.place or (None, None)
    picture, _ = Picture.objects.get_or_create(
        file=file,
        defaults={
            "width": facts.width,
            "height": facts.height,
            "taken_at": facts.taken_at,
            "latitude": latitude,
            "longitude": longitude,
            "likeness": facts.likeness,
        },
    )
    return picture


def _away(picture: Picture | None, site: pictures.Place | None) -> int | None:
    if picture is None or picture.latitude is None or picture.longitude is None or site is None:
        return None
    return pictures.metres_between((picture.latitude, picture.longitude), site)
