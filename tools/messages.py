"""Collect, compile and check the texts on screen.

    python tools/messages.py extract    update the .po files from the sources
    python tools/messages.py compile    make the .mo files
    python tools/messages.py check      exit 1 and say what is missing, left over, fuzzy or wrong

The texts in the sources are bokmål; nynorsk and English are translations. Pure Python: no gettext tools needed.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django.conf
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_javascript, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ROOT / "src" / "kompetanse"
LOCALE = SOURCES / "locale"
LANGUAGES = ("nn", "en")
# n… takes a singular and a plural, …p… a context first.
KEYWORDS: dict[str, None] = dict.fromkeys(
    [
        *("_", "N_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy"),
        *("lazy", "noop"),  # what gettext_lazy and gettext_noop are called where many texts stand together
        *("pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"),
    ]
)
PLACE = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# The same file must come out of the same sources, so no file says when it was made.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)

Text = str | tuple[str, str]


def texts_in(path: Path) -> Iterator[tuple[Text, str | None]]:
    """Every text marked for translation in one source file, with its context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        found = extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {})
    else:
        # What templatize leaves of the template is not Python that can be tokenised; Babel's other reader minds less.
        found = extract_javascript(io.BytesIO(templatize(source).encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for _line, name, arguments, _comments in found:
        function = str(name)
        parts = list(arguments) if isinstance(arguments, tuple | list) else [arguments]
        context = parts.pop(0) if "pgettext" in function else None
        wanted = 2 if function.startswith("n") else 1
        strings = [part for part in parts[:wanted] if isinstance(part, str) and part]
        if len(strings) == wanted == 2:
            yield (strings[0], strings[1]), context
        elif wanted == 1 and strings:
            yield strings[0], context


def collected() -> Catalog:
    """A template catalogue of all texts, each with the files it stands in."""
    catalog = _catalog(None)
    files = sorted([*SOURCES.rglob("*.py"), *SOURCES.rglob("templates/**/*.*")])
    for path in files:
        if path.suffix not in {".py", ".html", ".txt", ".svg"} or path.name == "examples.html":
            continue
        place = path.relative_to(ROOT).as_posix()
        for text, context in texts_in(path):
            catalog.add(text, locations=[(place, 1)], context=context)
    return catalog


def _catalog(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        domain="django",
        project="kompetanse",
        version="1",
        msgid_bugs_address="-",
        header_comment="# Texts on screen. The ids are bokmål.",
        creation_date=NEVER,
        revision_date=NEVER,
        last_translator="-",
        language_team="-",
        charset="utf-8",
        fuzzy=False,
    )


def _path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return _catalog(language)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain="django")


def extract() -> int:
    """Bring the .po files in step: new texts come in untranslated, texts no longer used go out."""
    template = collected()
    for language in LANGUAGES:
        old, new = _read(language), _catalog(language)
        for message in template:
            if message.id:
                known = old.get(message.id, message.context)
                string = known.string if known and _same_shape(known, message) else _blank(message)
                new.add(message.id, string, locations=message.locations, context=message.context)
        path = _path(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(file, new, width=110, sort_output=True, include_lineno=False)
    print(f"{len(template)} texts in {', '.join(LANGUAGES)}")
    return 0


def compile_() -> int:
    """Write the .mo files the product reads."""
    for language in LANGUAGES:
        with _path(language).with_suffix(".mo").open("wb") as file:
            write_mo(file, _read(language))
    return 0


def check() -> int:
    """Say everything that is wrong with the translations; 0 when nothing is."""
    template = collected()
    wanted = {(message.id, message.context) for message in template if message.id}
    faults: list[str] = []
    for language in LANGUAGES:
        catalog = _read(language)
        held = {(message.id, message.context): message for message in catalog if message.id}
        faults += [f"{language}: not collected: {_show(key[0])}" for key in sorted(wanted - held.keys(), key=str)]
        faults += [f"{language}: no longer used: {_show(key[0])}" for key in sorted(held.keys() - wanted, key=str)]
        for key in sorted(wanted & held.keys(), key=str):
            fault = fault_in(held[key])
            if fault:
                faults.append(f"{language}: {fault}: {_show(key[0])}")
    print("\n".join(faults) or f"{len(wanted)} texts, all translated to {', '.join(LANGUAGES)}")
    if faults:
        print("Run `python tools/messages.py extract` and translate.", file=sys.stderr)
    return 1 if faults else 0


def fault_in(message: Message) -> str:
    """What is wrong with one translated message; empty when nothing is."""
    strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
    if not all(strings):
        return "untranslated"
    if message.fuzzy:
        return "fuzzy"
    if isinstance(message.id, str):
        return "" if _places(message.id) == _places(strings[0]) else "other placeholders"
    may = _places(message.id[0]) | _places(message.id[1])
    if any(not _places(text) <= may for text in strings) or _places(message.id[1]) != _places(strings[-1]):
        return "other placeholders"
    return ""


def _places(text: str) -> set[str]:
    return set(PLACE.findall(text.replace("%%", "")))


def _same_shape(a: Message, b: Message) -> bool:
    return isinstance(a.id, str) == isinstance(b.id, str)


def _blank(message: Message) -> str | tuple[str, str]:
    return "" if isinstance(message.id, str) else ("", "")


def _show(text: object) -> str:
    return repr(text if isinstance(text, str) else " / ".join(text))  # type: ignore[arg-type]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=["extract", "compile", "check"])
    if not django.conf.settings.configured:
        django.conf.settings.configure()
    return {"extract": extract, "compile": compile_, "check": check}[parser.parse_args().do]()


if __name__ == "__main__":
    raise SystemExit(main())
