"""Keep the English of the interface: `python -m tools.messages [FOLDER ...]` brings catalogues up to what the sources say.

The interface is written in Chinese, so the Chinese sentence is the key. A scenario keeps its English in its own folder, all
else is in `luodi/locale`; what the house has said already, a scenario need not say again. The script adds new sentences
with an empty translation, drops those that are gone, and prints what is still to translate; a test fails while anything is.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

SOURCES = Path(__file__).resolve().parent.parent / "src" / "luodi"
SCENARIOS = SOURCES / "scenarios"
CALLS = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy",
    "Refused", "Unavailable", "Misfit", "WrongFile", "say",  # kernel.spoken: the sentence is the first word
}  # fmt: skip
# What Django's own reader of templates leaves of {% translate %} and {% blocktranslate %}.
TEMPLATE_CALL = re.compile(
    r"""\b(n?gettext)\(u?((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,\s*u?(?:'(?:[^'\\]|\\.)*'))?)"""
)

Message = str | tuple[str, str]


def homes() -> list[Path]:
    """The folders that have a catalogue: the house first, then each scenario."""
    return [SOURCES, *(place.parent for place in sorted(SCENARIOS.glob("*/scenario.py")))]


def catalogue_of(home: Path) -> Path:
    return home / "locale" / "en" / "LC_MESSAGES" / "django.po"


def said(home: Path) -> dict[Message, list[str]]:
    """Every sentence that the files of this home say, with those files; plurals are pairs."""
    found: dict[Message, list[str]] = {}
    for path in _files(home, "*.py"):
        for message in _of_python(path):
            found.setdefault(message, []).append(str(path.relative_to(SOURCES)))
    for path in _files(home, "templates/**/*.html"):
        for message in _of_template(path):
            found.setdefault(message, []).append(str(path.relative_to(SOURCES)))
    return found


def _files(home: Path, pattern: str) -> Iterator[Path]:
    for path in sorted(home.rglob(pattern)):
        is_foreign = home == SOURCES and path.is_relative_to(SCENARIOS)
        if "tests" not in path.parts and not is_foreign:
            yield path


def wanted() -> dict[Path, dict[Message, list[str]]]:
    """What each home has to translate."""
    house = said(SOURCES)
    return {
        home: house if home == SOURCES else {m: at for m, at in said(home).items() if m not in house}
        for home in homes()
    }


def _of_python(path: Path) -> Iterator[Message]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            words = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            if words and isinstance(words[0], str):
                is_plural = node.func.id.startswith("n")
                yield (words[0], str(words[1])) if is_plural else words[0]


def _of_template(path: Path) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for match in TEMPLATE_CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        words = ast.literal_eval(f"({match[2]},)")
        yield words[0] if match[1] == "gettext" else words


def catalogue(home: Path) -> Catalog:
    if not catalogue_of(home).exists():
        return Catalog(locale="en")
    with catalogue_of(home).open("rb") as file:
        return read_po(file, locale="en")


def untranslated() -> list[tuple[Path, Message]]:
    """Sentences of the sources without English, with the home that lacks it."""
    return [
        (home, message)
        for home, messages in wanted().items()
        for kept in [catalogue(home)]
        for message in messages
        if not _english(kept, message)
    ]


def _english(kept: Catalog, message: Message) -> bool:
    entry = kept.get(message if isinstance(message, str) else message[0])
    return bool(entry and entry.string and all(entry.string))


def refresh(home: Path, messages: dict[Message, list[str]]) -> None:
    old = catalogue(home)
    new = Catalog(locale="en", project="luodi", creation_date=old.creation_date, fuzzy=False)
    for message, files in messages.items():
        before = old.get(message if isinstance(message, str) else message[0])
        new.add(
            message,
            before.string if before else None,
            locations=[(file, None) for file in sorted(set(files))],
        )
    catalogue_of(home).parent.mkdir(parents=True, exist_ok=True)
    with catalogue_of(home).open("wb") as file:
        write_po(file, new, sort_output=True, omit_header=False, include_lineno=False, width=0)


def main(folders: list[str]) -> int:
    asked = {Path(folder).resolve() for folder in folders}
    every = wanted()
    chosen = {home: messages for home, messages in every.items() if not asked or home in asked}
    for home, messages in chosen.items():
        if messages or catalogue_of(home).exists():
            refresh(home, messages)
    missing = [(home, message) for home, message in untranslated() if home in chosen]
    for home, message in missing:
        print(f"{home.name}: {message}")
    print(f"{sum(map(len, chosen.values()))} sentences, {len(missing)} to translate", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.settings")
    import django

    django.setup()
    sys.exit(main(sys.argv[1:]))
