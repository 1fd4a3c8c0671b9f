"""Keep the English of the interface: `python -m tools.messages` brings the catalogue up to what the sources say.

The interface is written in Chinese, so the Chinese sentence is the key. The script adds new sentences with an empty
translation, drops those that are gone, and prints what is still to translate; a test fails while anything is.
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
CATALOGUE = SOURCES / "locale" / "en" / "LC_MESSAGES" / "django.po"
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
# What Django's own reader of templates leaves of {% translate %} and {% blocktranslate %}.
TEMPLATE_CALL = re.compile(
    r"""\b(n?gettext)\(u?((?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")(?:\s*,\s*u?(?:'(?:[^'\\]|\\.)*'))?)"""
)

Message = str | tuple[str, str]


def sentences() -> dict[Message, list[tuple[str, int]]]:
    """Every sentence of the interface with the files and lines that say it; plurals are pairs."""
    found: dict[Message, list[tuple[str, int]]] = {}
    for path in sorted(SOURCES.rglob("*.py")):
        if "tests" not in path.parts:
            for message, line in _of_python(path):
                found.setdefault(message, []).append((str(path.relative_to(SOURCES)), line))
    for path in sorted(SOURCES.rglob("templates/**/*.html")):
        for message in _of_template(path):
            found.setdefault(message, []).append((str(path.relative_to(SOURCES)), 0))
    return found


def _of_python(path: Path) -> Iterator[tuple[Message, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            said = [each.value for each in node.args[:2] if isinstance(each, ast.Constant)]
            if said and isinstance(said[0], str):
                is_plural = node.func.id.startswith("n")
                yield ((said[0], str(said[1])) if is_plural else said[0]), node.lineno


def _of_template(path: Path) -> Iterator[Message]:
    from django.utils.translation.template import templatize

    for match in TEMPLATE_CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        said = ast.literal_eval(f"({match[2]},)")
        yield said[0] if match[1] == "gettext" else said


def catalogue() -> Catalog:
    if not CATALOGUE.exists():
        return Catalog(locale="en")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def untranslated(kept: Catalog) -> list[Message]:
    """Sentences of the sources without English."""
    missing: list[Message] = []
    for message in sentences():
        entry = kept.get(message if isinstance(message, str) else message[0])
        string = entry.string if entry else None
        if not string or not all(string):
            missing.append(message)
    return missing


def main() -> int:
    old = catalogue()
    new = Catalog(locale="en", project="luodi", creation_date=old.creation_date, fuzzy=False)
    for message, places in sentences().items():
        before = old.get(message if isinstance(message, str) else message[0])
        files = sorted({(file, None) for file, _ in places})
        new.add(message, before.string if before else None, locations=files)
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, new, sort_output=True, omit_header=False, include_lineno=False, width=0)
    missing = untranslated(new)
    for message in missing:
        print(message)
    print(f"{len(sentences())} sentences, {len(missing)} to translate", file=sys.stderr)
    return int(bool(missing))


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luodi.settings")
    import django

    django.setup()
    sys.exit(main())
