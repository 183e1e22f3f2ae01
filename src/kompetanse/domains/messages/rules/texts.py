"""Letters as text with places, in the written form of whoever gets them.

The product's own texts have places as `%(title)s`, which every translation is checked to keep. A region's own have
them as people write them, `{kurs}`. Both are filled in one pass, so that what is filled in is never read as a place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..types import (
    BODY_LENGTH,
    LANGUAGES,
    SUBJECT_LENGTH,
    Letter,
    LetterKind,
    LooseBrace,
    TextIsEmpty,
    TextIsTooLong,
    UnknownPlace,
)

_STANDARD = re.compile(r"%\((\w+)\)s|%%")
_OWN = re.compile(r"\{([^{}]*)\}")


def language_for(kind: LetterKind, wanted: str, fallback: str) -> str:
    """The receiver's written form where the kind has it, else the municipality's, else bokmål."""
    return next((it for it in (wanted, fallback) if it in kind.texts), "nb")


def compose(kind: LetterKind, language: str, own: Letter | None, places: Mapping[str, object]) -> Letter:
    """The letter with its places filled. A value for each written form is said in this one, else in bokmål."""
    said = {key: _said(value, language) for key, value in places.items()}
    if own is None:
        letter = kind.texts[language]
        return Letter(_fill_standard(letter.subject, said), _fill_standard(letter.body, said))
    by_name = {kind.places.get(key, key): value for key, value in said.items()}
    return Letter(_fill_own(own.subject, by_name), _fill_own(own.body, by_name))


def in_braces(kind: LetterKind, language: str) -> Letter:
    """The standard text as people edit it."""
    letter = kind.texts[language]
    return Letter(_braced(kind, letter.subject), _braced(kind, letter.body))


def places_of(kind: LetterKind) -> list[str]:
    """What may be filled in, as people call it, in the order the standard text has it."""
    texts = "".join(letter.subject + letter.body for letter in kind.texts.values())
    return list(dict.fromkeys(kind.places.get(key, key) for key in _STANDARD.findall(texts) if key))


def check_text(kind: LetterKind, letter: Letter) -> Letter:
    """The letter as it is kept. Raises TextIsEmpty, TextIsTooLong, UnknownPlace or LooseBrace."""
    subject, body = letter.subject.strip(), letter.body.replace("\r\n", "\n").strip()
    if not subject or not body:
        raise TextIsEmpty()
    if len(subject) > SUBJECT_LENGTH or len(body) > BODY_LENGTH or "\n" in subject or "\r" in subject:
        raise TextIsTooLong(subject=SUBJECT_LENGTH, body=BODY_LENGTH)
    known = places_of(kind)
    for text in (subject, body):
        for name in _OWN.findall(text):
            if name.strip() not in known:
                raise UnknownPlace(place=f"{{{name}}}", known=", ".join(f"{{{it}}}" for it in known))
        if re.search(r"[{}]", _OWN.sub("", text)):
            raise LooseBrace()
    return Letter(subject, body)


def preview(kind: LetterKind, letter: Letter) -> Letter:
    """The letter with an example in every place."""
    examples = {name: kind.examples.get(name, f"«{name}»") for name in places_of(kind)}
    return Letter(_fill_own(letter.subject, examples), _fill_own(letter.body, examples))


def _said(value: object, language: str) -> str:
    if isinstance(value, Mapping):
        value = next((value[it] for it in (language, *LANGUAGES) if it in value), "")
    return "" if value is None else str(value)


def _fill_standard(text: str, places: Mapping[str, str]) -> str:
    return _STANDARD.sub(lambda found: places.get(found[1], "") if found[1] else "%", text)


def _fill_own(text: str, places: Mapping[str, str]) -> str:
    return _OWN.sub(lambda found: places.get(found[1].strip(), ""), text)


def _braced(kind: LetterKind, text: str) -> str:
    return _STANDARD.sub(lambda found: f"{{{kind.places.get(found[1], found[1])}}}" if found[1] else "%", text)
