"""The kinds of letters there are, as the domains have declared them, and in whose words they are written."""

from __future__ import annotations

from collections.abc import Iterable

from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from .. import rules
from ..models import LetterText
from ..permissions import Right
from ..types import LANGUAGES, Letter, LetterKind, TextPage, TextRow

_kinds: dict[str, LetterKind] = {}


def declare_kinds(kinds: Iterable[LetterKind]) -> None:
    """Say which letters a domain writes. Called once when the programme starts."""
    _kinds.update({kind.key: kind for kind in kinds})


def kind_of(key: str) -> LetterKind:
    return _kinds[key]


def own_texts(region_id: int, kind: str) -> dict[str, Letter]:
    """The region's own words for a kind, by written form."""
    found = LetterText.objects.filter(tenant_id=region_id, kind=kind)
    return {
        language: Letter(subject, body) for language, subject, body in found.values_list("language", "subject", "body")
    }


@query
def list_texts(ctx: Context, *, region_id: int) -> list[TextRow]:
    """Every kind of letter in every written form it has, and whether the region has its own words. One query."""
    access.require(ctx, Right.TEXT_MANAGE, LetterText(tenant_id=region_id))
    own = set(LetterText.objects.filter(tenant_id=region_id).values_list("kind", "language"))
    return [
        TextRow(kind.key, kind.title, language, (kind.key, language) in own)
        for kind in _kinds.values()
        for language in LANGUAGES
        if language in kind.texts
    ]


@query
def get_text(ctx: Context, *, region_id: int, kind: str, language: str, draft: Letter | None = None) -> TextPage:
    """One text with the standard beside it and a preview: of `draft` where one is given.

    Raises NotFound, Refused, and what `check_text` raises for the draft.
    """
    access.require(ctx, Right.TEXT_MANAGE, LetterText(tenant_id=region_id))
    what = _kinds.get(kind)
    if what is None or language not in what.texts:
        raise NotFound()
    row = LetterText.objects.filter(tenant_id=region_id, kind=kind, language=language).first()
    standard = rules.in_braces(what, language)
    letter = Letter(row.subject, row.body) if row else standard
    shown = rules.check_text(what, draft) if draft else letter
    places = tuple((f"{{{name}}}", what.examples.get(name, "")) for name in rules.places_of(what))
    return TextPage(
        kind, what.title, language, letter, standard, row is not None, row.version if row else 0, places,
        rules.preview(what, shown),
    )  # fmt: skip
