"""What can be done: write risks down, judge them, decide what is done about them, follow them up."""

from __future__ import annotations

from datetime import date

from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound

from . import rules
from .events import (
    MitigationAdded,
    MitigationDone,
    RiskAssessed,
    RiskChanged,
    RiskClosed,
    RiskNoted,
    RiskRegistered,
    RiskReopened,
)
from .models import Mitigation, Risk, RiskAssessment, RiskNote
from .permissions import Right
from .queries import owners_of
from .types import (
    TITLE_LENGTH,
    DueIsPast,
    MitigationIsDone,
    OwnerIsUnknown,
    RiskHasChanged,
    RiskInput,
    RiskIsClosed,
    RiskIsOpen,
    RiskStatus,
)


@operation
def register_risk(
    ctx: Context, *, region_id: int, risk: RiskInput, probability: int, consequence: int, why: str = ""
) -> int:
    """Write a risk down with its first assessment. Gives its id.

    Raises Refused, TextIsMissing, TextIsTooLong, GradeIsImpossible or OwnerIsUnknown.
    """
    row = access.require(ctx, Right.RISK_MANAGE, Risk(tenant_id=region_id))
    _tell(ctx, row, risk)
    row.registered_at = ctx.now
    rules.level_of(probability, consequence)
    row.probability, row.consequence = probability, consequence
    row.save()
    publish(ctx, RiskRegistered(tenant_id=region_id, risk_id=row.id))
    _assess(ctx, row, why)
    return int(row.id)


@operation
def change_risk(ctx: Context, *, risk_id: int, version: int, risk: RiskInput) -> None:
    """Change what a risk says and who owns it. `version` is the risk's as the writer saw it.

    Raises NotFound, Refused, RiskIsClosed, RiskHasChanged, and what registering raises.
    """
    row = _open_risk(ctx, risk_id)
    if version != row.version:
        raise RiskHasChanged()
    _tell(ctx, row, risk)
    _save(row)
    publish(ctx, RiskChanged(tenant_id=row.tenant_id, risk_id=risk_id, version=row.version))


def _tell(ctx: Context, row: Risk, told: RiskInput) -> None:
    row.title = rules.checked_text(told.title, "Risiko", limit=TITLE_LENGTH, required=True)
    row.description = rules.checked_text(told.description, "Beskrivelse")
    owner = dict(owners_of(ctx, row.tenant_id)).get(told.owner_id)
    # Who owned it before may own it still, though the seat is another's now.
    if owner is None and told.owner_id != row.owner_id:
        raise OwnerIsUnknown()
    row.owner_id, row.owner_name = told.owner_id, owner or row.owner_name


@operation
def assess_risk(
    ctx: Context, *, risk_id: int, probability: int, consequence: int, why: str = "", version: int | None = None
) -> None:
    """Judge a risk anew, 1–5 of each; what was thought before is kept. Raises NotFound, Refused, RiskIsClosed,

    RiskHasChanged, GradeIsImpossible, TextIsMissing or TextIsTooLong.
    """
    row = _open_risk(ctx, risk_id)
    if version is not None and version != row.version:
        raise RiskHasChanged()
    rules.level_of(probability, consequence)
    row.probability, row.consequence = probability, consequence
    _save(row)
    _assess(ctx, row, why)


def _assess(ctx: Context, row: Risk, why: str) -> None:
    RiskAssessment.objects.create(
        tenant_id=row.tenant_id, risk=row, probability=row.probability, consequence=row.consequence,
        why=rules.checked_text(why, "Begrunnelse"), person_id=ctx.actor.person_id, name=ctx.actor.name,
        assessed_at=ctx.now,
    )  # fmt: skip
    publish(
        ctx,
        RiskAssessed(tenant_id=row.tenant_id, risk_id=row.id, probability=row.probability, consequence=row.consequence),
    )


@operation
def add_mitigation(ctx: Context, *, risk_id: int, text: str, responsible: str, due_on: date) -> int:
    """Decide what is done about a risk, who does it and when. Gives its id.

    Raises NotFound, Refused, RiskIsClosed, TextIsMissing, TextIsTooLong or DueIsPast.
    """
    row = _open_risk(ctx, risk_id)
    if due_on < ctx.today:
        raise DueIsPast()
    made = Mitigation.objects.create(
        tenant_id=row.tenant_id, risk=row, due_on=due_on,
        text=rules.checked_text(text, "Tiltak", limit=400, required=True),
        responsible=rules.checked_text(responsible, "Ansvarlig", limit=160, required=True),
    )  # fmt: skip
    publish(ctx, MitigationAdded(tenant_id=row.tenant_id, risk_id=risk_id, due_on=due_on))
    return int(made.id)


@operation
def finish_mitigation(ctx: Context, *, risk_id: int, mitigation_id: int) -> None:
    """A measure against a risk is done. Raises NotFound, Refused, RiskIsClosed or MitigationIsDone."""
    row = _open_risk(ctx, risk_id)
    measure = Mitigation.objects.filter(risk=row, pk=mitigation_id).first()
    if measure is None:
        raise NotFound()
    if measure.done_on is not None:
        raise MitigationIsDone()
    measure.done_on = ctx.today
    measure.save(update_fields=["done_on"])
    publish(ctx, MitigationDone(tenant_id=row.tenant_id, risk_id=risk_id))


@operation
def note_risk(ctx: Context, *, risk_id: int, text: str) -> int:
    """Write what was seen when the risk was followed up; it stands. Gives the note's id.

    Raises NotFound, Refused, RiskIsClosed, TextIsMissing or TextIsTooLong.
    """
    row = _open_risk(ctx, risk_id)
    note = _note(ctx, row, text)
    publish(ctx, RiskNoted(tenant_id=row.tenant_id, risk_id=risk_id))
    return int(note.id)


def _note(ctx: Context, row: Risk, text: str) -> RiskNote:
    note: RiskNote = RiskNote.objects.create(
        tenant_id=row.tenant_id, risk=row, text=rules.checked_text(text, "Notat", required=True),
        person_id=ctx.actor.person_id, name=ctx.actor.name, written_at=ctx.now,
    )  # fmt: skip
    return note


@operation
def close_risk(ctx: Context, *, risk_id: int, why: str) -> None:
    """A risk is over; why stands as its last note. Raises NotFound, Refused, RiskIsClosed or TextIsMissing."""
    row = _open_risk(ctx, risk_id)
    _note(ctx, row, why)
    row.status, row.closed_at = RiskStatus.CLOSED, ctx.now
    _save(row)
    publish(ctx, RiskClosed(tenant_id=row.tenant_id, risk_id=risk_id))


@operation
def reopen_risk(ctx: Context, *, risk_id: int, why: str) -> None:
    """A closed risk is back; why stands as a note. Raises NotFound, Refused, RiskIsOpen or TextIsMissing."""
    row = access.fetch(ctx, Risk.objects.all(), risk_id, Right.RISK_MANAGE, lock=True)
    if row.status != RiskStatus.CLOSED:
        raise RiskIsOpen()
    _note(ctx, row, why)
    row.status, row.closed_at = RiskStatus.OPEN, None
    _save(row)
    publish(ctx, RiskReopened(tenant_id=row.tenant_id, risk_id=risk_id))


def _open_risk(ctx: Context, risk_id: int) -> Risk:
    """The risk, locked, while it is open. Raises NotFound, Refused or RiskIsClosed."""
    row: Risk = access.fetch(ctx, Risk.objects.all(), risk_id, Right.RISK_MANAGE, lock=True)
    if row.status == RiskStatus.CLOSED:
        raise RiskIsClosed()
    return row


def _save(row: Risk) -> None:
    row.version += 1
    row.save()
