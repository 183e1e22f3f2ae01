"""What happens next with one requirement for one person, in words and days."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from kompetanse.domains.competence.queries.words import interval_words
from kompetanse.domains.competence.rules.ahead import Ahead, Occasion, look_ahead
from kompetanse.domains.competence.rules.status import Anchor, Renewal
from kompetanse.domains.competence.types.ledger import RenewalRow, StatusDetail
from kompetanse.foundation.operation import query
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.formats import day

from .ledger import list_standing
from .people import get_person_competence
from .register import read_register


@query
def get_status_detail(ctx: Context, *, employee_id: int, requirement_id: int) -> StatusDetail:
    """How a requirement stands for a person, and what renewing it today, in the window or later would give.

    For the person and those who may read the person's page. Raises NotFound (also where it is not required) or Refused.
    """
    person = get_person_competence(ctx, employee_id=employee_id)
    status = next((one for one in person.statuses if one.requirement_id == requirement_id), None)
    if status is None:
        raise NotFound()
    rulebook = read_register(ctx.today).rulebook(person.tenant_id)
    # What is too old to count, or waits, does not count here either: the row's own evidence tells.
    counts = list_standing(employee_id=employee_id) if status.evidence_id is not None else []
    ahead = look_ahead(rulebook, requirement_id, [one.proof for one in counts if one.proof], ctx.today)
    if status.together:
        sentences: tuple[str, ...] = (
            _("Flere bevis oppfyller kravet sammen. Åpne hvert av dem for å se når det må fornyes."),
        )
        renewals: tuple[RenewalRow, ...] = ()
    else:
        sentences = tuple(_sentences(ahead, rulebook.renewal(requirement_id), ctx.today))
        renewals = tuple(RenewalRow(_when(one.occasion), one.day, one.last_day) for one in ahead.renewals)
    return StatusDetail(employee_id, person.person_id, person.name, person.municipality, status, sentences, renewals)


def _sentences(ahead: Ahead, renewal: Renewal, today: date) -> list[str]:
    if not ahead.held:
        return [_("Det er ikke registrert noe bevis som teller, så det er ingen frist ennå.")]
    if ahead.last_day is None:
        return [_("Beviset går ikke ut, så det trenger ikke fornyes.")]
    places = {"end": day(ahead.last_day), "interval": interval_words(renewal.interval_months).lower()}
    told = [_("Siste dag er %(end)s.") % places if ahead.last_day >= today else _("Siste dag var %(end)s.") % places]
    if renewal.grace_days:
        told.append(_("Det regnes først som utgått %(days)s dager etter siste dag.") % {"days": renewal.grace_days})
    if renewal.interval_months is None:
        told.append(_("Kravet har ingen fast frist: den nye siste dagen er den som står på det nye beviset."))
    elif ahead.window_opens is not None:
        kept = _("Fornyet fra %(opens)s og til siste dag, regnes den nye perioden fra den gamle fristen.")
        told.append(kept % {"opens": day(ahead.window_opens)})
        told.append(_("Fornyet tidligere eller senere, regnes den nye perioden fra dagen det blir fullført."))
    elif renewal.anchor is Anchor.FIXED_DATE:
        told.append(_("Det fornyes til en fast dato som er lik for alle."))
    else:
        told.append(_("Det fornyes %(interval)s. Den nye perioden regnes alltid fra dagen det blir fullført.") % places)
    return told


def _when(occasion: Occasion) -> str:
    return {
        Occasion.TODAY: _("I dag"),
        Occasion.WINDOW: _("Første dag i fornyelsesvinduet"),
        Occasion.LAST_DAY: _("Siste dag"),
        Occasion.AFTER: _("Når det er gått ut"),
    }[occasion]
