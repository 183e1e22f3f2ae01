"""Search from everywhere: by workplace, person, course, requirement, case, or a reference said aloud."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.competence import api as competence
from kompetanse.domains.courses import api as courses
from kompetanse.domains.governance import api as governance
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.results.types import Found, UnknownReference
from kompetanse.foundation import access
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.ui import formats

from .thread import parse

MOST = 8  # of each kind
SHORTEST = 2  # letters


@query
def search(ctx: Context, *, text: str) -> tuple[Found, ...]:
    """What the reader may see that holds the words; a reference comes first. Fewer than two letters find nothing."""
    wanted = " ".join(text.split())[:80]
    if len(wanted) < SHORTEST:
        return ()
    return (*_reference(wanted), *_people(ctx, wanted), *_places(ctx, wanted), *_things(ctx, wanted))


def _reference(wanted: str) -> tuple[Found, ...]:
    try:
        parse(wanted)
    except UnknownReference:
        return ()
    url = f"{reverse('results.thread')}?ref={wanted}"
    return (Found(_("Henvisning"), wanted, _("Se tråden gjennom den"), url),)


def _people(ctx: Context, wanted: str) -> tuple[Found, ...]:
    return tuple(
        Found(_("Person"), row.name, row.note, reverse("competence.person", args=[row.id]))
        for row in organisation.find_people(ctx, text=wanted, most=MOST)
    )


def _places(ctx: Context, wanted: str) -> tuple[Found, ...]:
    may_open = access.possible(ctx.actor, organisation.Right.UNIT_PEOPLE)
    return tuple(
        Found(
            _("Arbeidssted"),
            row.name,
            row.note,
            reverse("competence.unit", args=[row.id]) if may_open else reverse("organisation.units"),
        )
        for row in organisation.find_units(ctx, text=wanted, most=MOST)
    )


def _things(ctx: Context, wanted: str) -> tuple[Found, ...]:
    runs = tuple(
        Found(
            _("Kurs"),
            run.title,
            f"{formats.day(run.starts_at.date())}, {run.place}",
            reverse("courses.run", args=[run.id]),
        )
        for run in courses.list_runs(ctx, text=wanted, most=MOST)
    )
    requirements = tuple(
        Found(_("Krav"), row.name, row.reference, reverse("competence.requirement", args=[row.id]))
        for row in competence.list_requirements(text=wanted)[:MOST]
    )
    cases = tuple(
        Found(_("Sak"), case.title, case.reference, reverse("governance.case", args=[case.id]))
        for case in governance.list_cases(ctx)
        if wanted.casefold() in f"{case.reference} {case.title}".casefold()
    )[:MOST]
    return (*runs, *requirements, *cases)
