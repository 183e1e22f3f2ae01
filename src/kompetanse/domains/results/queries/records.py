"""What is kept about a person, and what has been done."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.results.permissions import Right
from kompetanse.domains.results.rules import word
from kompetanse.domains.results.types import DeedRow, Kept
from kompetanse.foundation import access, privacy, retention
from kompetanse.foundation.models import Deed
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.ui import formats

from .naming import details_of, look_up

SHOWN = 100


@query
def export_kept(ctx: Context) -> dict[str, list[dict[str, Any]]]:
    """Every row about the actor in the municipalities in sight: {model: [{field: value}]}."""
    if ctx.actor.person_id is None:
        return {}
    return privacy.export_person(ctx.actor.person_id)


@query
def list_kept(ctx: Context) -> tuple[Kept, ...]:
    """The same, counted, with purpose and end as declared, in the reader's written form."""
    language = formats.language()
    kept = []
    for label, rows in export_kept(ctx).items():
        model = apps.get_model(label)
        fields = (word("field", name, language) for name in privacy.personal_fields(model))
        kept.append(
            Kept(
                word("model", label, language), tuple(fields), len(rows), word("purpose", label, language),
                _how_long(retention.keep_of(model), language),
            )
        )  # fmt: skip
    return tuple(kept)


def _how_long(keep: privacy.Keep, language: str) -> str:
    after = word("after", keep.after, language)
    if keep.days is not None:
        text = ngettext("%(count)s dag etter at %(after)s.", "%(count)s dager etter at %(after)s.", keep.days)
        return text % {"count": keep.days, "after": after}
    if keep.years is None:
        if "archive" in keep.after:
            return _("Bevares som arkiv og slettes aldri.")
        return _("Ingen frist før %(after)s.") % {"after": after}
    if keep.years == 0:
        return _("Slettes når %(after)s.") % {"after": after}
    text = ngettext("%(count)s år etter at %(after)s.", "%(count)s år etter at %(after)s.", keep.years)
    return text % {"count": keep.years, "after": after}


def name_of(label: str) -> str:
    """What people call the rows of a model."""
    return word("model", label, formats.language())


@query
def list_deeds(ctx: Context) -> tuple[DeedRow, ...]:
    """The latest deeds in sight, in words. A query for each kind of thing they name. Raises Refused."""
    access.require_role(ctx, Right.SYSTEM_WATCH)
    rows = list(Deed.objects.select_related("tenant").order_by("-done_at", "-id")[:SHOWN])
    names, language = look_up(rows), formats.language()
    return tuple(
        DeedRow(
            row.done_at,
            _("Systemet") if row.reason else row.actor_name,
            word("event", f"{row.operation.split('.')[0]}.{row.event}", language),
            word("operation", row.operation, language),
            row.tenant.name,
            tuple(details_of(row, names)),
        )
        for row in rows
    )
