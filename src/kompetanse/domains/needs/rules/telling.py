"""What became of a need, in whole sentences for the one who asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kompetanse.domains.needs.types import Fate, PoolDecisionRow, PoolOutcome, Stage, Step
from kompetanse.kernel.text_marker import N_
from kompetanse.kernel.words import Words

WITHDRAWN = N_("Trukket %(date)s.")
WITHDRAWN_WHY = N_("Trukket %(date)s: %(why)s")
REPORTED = N_("Meldt. Behovet er ikke sett sammen med andres ennå.")
WITH_LEADER = N_("Meldt. Ligger hos lederen over, som ser på behovene før de går til kommunens liste.")
ON_LIST = N_("Sendt videre til kommunens liste. Venter på at kommunedirektøren godkjenner den.")
RETURNED = N_("Sendt tilbake til den som meldte det. Les hvorfor, rett det og send det på nytt.")
JOINED = N_("Slått sammen med like behov i kommunen, som «%(title)s».")
ALONE = N_("Meldt. Ingen andre kommuner har meldt det samme så langt.")
ALONE_CONFIRMED = N_("Kontoret har tatt behovet med videre. Det venter på kompetanseforumet.")
LIKE_ONE = N_("Ligner behov fra én annen kommune. Kontoret ser på om de kan løses sammen.")
LIKE_MANY = N_("Ligner behov fra %(count)s andre kommuner. Kontoret ser på om de kan løses sammen.")
WITH_ONE = N_("Samlet med behov fra én annen kommune. Venter på kompetanseforumet.")
WITH_MANY = N_("Samlet med behov fra %(count)s andre kommuner. Venter på kompetanseforumet.")
ON_AGENDA = N_("Står på saklista til møtet %(date)s, %(reference)s.")
PRIORITISED = N_("Prioritert som nummer %(rank)s i %(reference)s.")
PRIORITISED_WHY = N_("Prioritert som nummer %(rank)s i %(reference)s. Begrunnelse: %(reason)s")
DEFERRED = N_("Utsatt i %(reference)s. Begrunnelse: %(reason)s")
REJECTED = N_("Avslått i %(reference)s. Begrunnelse: %(reason)s")

_STEPS = {Step.SECTOR: WITH_LEADER, Step.LIST: ON_LIST, Step.RETURNED: RETURNED}


def tell(
    *,
    withdrawn_on: date | None,
    withdrawn_why: str,
    pool_id: int | None,
    is_confirmed: bool,
    other_municipalities: int,
    decision: PoolDecisionRow | None,
    step: str = "",
) -> Fate:
    """How far a need has come. A decision counts when its case is decided; before that it is on an agenda."""
    if withdrawn_on is not None:
        words = WITHDRAWN_WHY if withdrawn_why else WITHDRAWN
        return Fate(Stage.WITHDRAWN, Words(words, {"date": _day(withdrawn_on), "why": withdrawn_why}))
    if step:
        stage = Stage.RETURNED if step == Step.RETURNED else Stage.IN_ROUND
        return Fate(stage, Words(_STEPS[Step(step)]))
    if decision is not None and decision.case_status == "decided":
        return _decided(pool_id, decision)
    if decision is not None and decision.held_on is not None:
        params = {"date": _day(decision.held_on), "reference": decision.case_reference}
        return Fate(Stage.ON_AGENDA, Words(ON_AGENDA, params), pool_id, decision.case_id)
    if pool_id is None:
        return Fate(Stage.REPORTED, Words(REPORTED))
    if other_municipalities == 0:
        return Fate(Stage.ALONE, Words(ALONE_CONFIRMED if is_confirmed else ALONE), pool_id)
    one, many = (WITH_ONE, WITH_MANY) if is_confirmed else (LIKE_ONE, LIKE_MANY)
    if other_municipalities == 1:
        return Fate(Stage.POOLED, Words(one), pool_id)
    return Fate(Stage.POOLED, Words(many, {"count": other_municipalities}), pool_id)


def _decided(pool_id: int | None, decision: PoolDecisionRow) -> Fate:
    params = {"rank": decision.rank, "reference": decision.case_reference, "reason": decision.reason}
    if decision.outcome is PoolOutcome.PRIORITISED:
        words = PRIORITISED_WHY if decision.reason else PRIORITISED
        return Fate(Stage.PRIORITISED, Words(words, params), pool_id, decision.case_id)
    if decision.outcome is PoolOutcome.DEFERRED:
        return Fate(Stage.DEFERRED, Words(DEFERRED, params), pool_id, decision.case_id)
    return Fate(Stage.REJECTED, Words(REJECTED, params), pool_id, decision.case_id)


def _day(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def tell_joined(title: str, whole: Fate) -> Fate:
    """A need that is part of another has that one's fate, by way of having been joined."""
    return replace(whole, by_way_of=Words(JOINED, {"title": title}))
