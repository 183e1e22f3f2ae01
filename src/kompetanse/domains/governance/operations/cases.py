"""Bringing up cases, saying what one thinks of them, and deciding them."""

from __future__ import annotations

from django.db import connection
from django.db.models import Max

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    CaseAdded,
    CaseChanged,
    CaseDecided,
    CasePutOnAgenda,
    CaseWithdrawn,
    ViewStated,
)
from kompetanse.domains.governance.models import Case, CaseCounter, CaseView, Meeting, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.cases import views_of
from kompetanse.domains.governance.types import (
    TITLE_LENGTH,
    CaseHasChanged,
    CaseStatus,
    MeetingIsOfAnotherBody,
    MinutesAreWritten,
    ViewKind,
    YouHaveNoSeat,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatKind
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .meetings import open_meeting


@operation
def add_case(
    ctx: Context,
    *,
    body_id: int,
    title: str,
    proposal: str = "",
    presenter: str = "",
    meeting_id: int | None = None,
) -> int:
    """Bring up a case; its number is the body's next of the year. On a meeting's agenda at once where named.

    Gives its id. Raises NotFound, Refused, TextIsMissing, TextIsTooLong, and what put_on_agenda raises.
    """
    body = organisation.get_body(ctx, body_id=body_id)
    access.require(ctx, Right.CASE_PREPARE, Case(tenant_id=body.tenant_id, body_id=body_id))
    case = Case(
        tenant_id=body.tenant_id,
        body_id=body_id,
        year=ctx.today.year,
        title=rules.checked_text(title, "Tittel", limit=TITLE_LENGTH, required=True),
        presenter=rules.checked_text(presenter, "Saksbehandler", limit=120),
        proposal=rules.checked_text(proposal, "Forslag til vedtak"),
    )
    meeting = open_meeting(ctx, meeting_id) if meeting_id is not None else None
    case.number = draw_number(body.tenant_id, body_id, case.year)
    case.save()
    publish(ctx, CaseAdded(tenant_id=case.tenant_id, case_id=case.id, body_id=body_id, reference=case.reference))
    if meeting is not None:
        place_case(ctx, case, meeting)
    return case.id


def draw_number(tenant_id: int, body_id: int, year: int) -> int:
    """The body's next number. The counter's row is locked until the end: a number that is not used is not drawn."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""INSERT INTO {CaseCounter._meta.db_table} AS counter (tenant_id, body_id, year, last)
                VALUES (%s, %s, %s, 1)
                ON CONFLICT (tenant_id, body_id, year) DO UPDATE SET last = counter.last + 1
                RETURNING last""",  # noqa: S608 - the table's own name
            [tenant_id, body_id, year],
        )
        number: int = cursor.fetchone()[0]
    return number


def locked_case(ctx: Context, case_id: int, right: str, version: int | None = None) -> Case:
    """The case, locked. Raises NotFound, Refused, or CaseHasChanged where somebody saved in between."""
    cases = Case.objects.select_related("body", "meeting")
    case: Case = access.fetch(ctx, cases, case_id, right, lock=True)
    if version is not None and version != case.version:
        raise CaseHasChanged(reference=case.reference)
    return case


def save_case(case: Case) -> None:
    case.version += 1
    case.save()


@operation
def change_case(
    ctx: Context, *, case_id: int, version: int, title: str, presenter: str = "", proposal: str = ""
) -> None:
    """Change the papers of an open case. `version` is the case's as the writer saw it.

    Raises NotFound, Refused, CaseHasChanged, CaseIsDecided, CaseIsWithdrawn, TextIsMissing or TextIsTooLong.
    """
    case = locked_case(ctx, case_id, Right.CASE_PREPARE)
    rules.require_open(case.status, case.reference)
    if version != case.version:
        raise CaseHasChanged(reference=case.reference)
    case.title = rules.checked_text(title, "Tittel", limit=TITLE_LENGTH, required=True)
    case.presenter = rules.checked_text(presenter, "Saksbehandler", limit=120)
    case.proposal = rules.checked_text(proposal, "Forslag til vedtak")
    save_case(case)
    publish(ctx, CaseChanged(tenant_id=case.tenant_id, case_id=case_id, version=case.version))


@operation
def put_on_agenda(ctx: Context, *, case_id: int, meeting_id: int) -> int:
    """Put an open case last on a meeting's agenda, or move it there. Gives its place on the agenda.

    Raises NotFound, Refused, CaseIsDecided, CaseIsWithdrawn, MeetingIsOfAnotherBody or MinutesAreWritten.
    """
    meeting = open_meeting(ctx, meeting_id)
    return place_case(ctx, locked_case(ctx, case_id, Right.CASE_PREPARE), meeting)


def place_case(ctx: Context, case: Case, meeting: Meeting) -> int:
    """The meeting is locked, so that two cases cannot take the same place."""
    rules.require_open(case.status, case.reference)
    if case.body_id != meeting.body_id:
        raise MeetingIsOfAnotherBody(body=case.body.name_nb)
    if case.meeting_id == meeting.id:
        return case.agenda_position or 0
    last = Case.objects.filter(meeting=meeting).aggregate(last=Max("agenda_position"))["last"] or 0
    case.meeting, case.agenda_position = meeting, last + 1
    save_case(case)
    publish(
        ctx,
        CasePutOnAgenda(
            tenant_id=case.tenant_id, case_id=case.id, meeting_id=meeting.id, position=case.agenda_position
        ),
    )
    return case.agenda_position


@operation
def state_view(ctx: Context, *, case_id: int, text: str) -> int:
    """A seat's holder says what they think of an open case; unions' views follow it into the decision.

    Gives the view's id. Raises NotFound, Refused, CaseIsDecided, CaseIsWithdrawn, TextIsMissing,
    TextIsTooLong or YouHaveNoSeat.
    """
    case = locked_case(ctx, case_id, Right.CASE_STATE_VIEW)
    rules.require_open(case.status, case.reference)
    said = rules.checked_text(text, "Ditt syn", limit=4000, required=True)
    seats = organisation.list_seats(ctx, body_id=case.body_id)
    seat = next((seat for seat in seats if seat.person_id == ctx.actor.person_id), None)
    if seat is None or ctx.actor.person_id is None:
        raise YouHaveNoSeat(body=case.body.name_nb)
    kind = ViewKind.UNION if seat.kind is SeatKind.UNION else ViewKind.MEMBER
    view = CaseView.objects.create(
        tenant_id=case.tenant_id, case=case, person_id=ctx.actor.person_id, name=seat.name,
        represents=seat.represents, kind=kind, text=said, stated_at=ctx.now,
    )  # fmt: skip
    publish(ctx, ViewStated(tenant_id=case.tenant_id, case_id=case_id, kind=kind))
    return int(view.id)


@operation
def decide_case(
    ctx: Context,
    *,
    case_id: int,
    decision_text: str,
    union_view: str = "",
    dissent: str = "",
    version: int | None = None,
) -> None:
    """Record what a meeting decided. Without `union_view`, what the unions have said is recorded.

    `version` is the case's as the writer saw it. Raises NotFound, Refused, CaseHasChanged, CaseIsDecided,
    CaseIsWithdrawn, CaseIsNotOnAgenda, MeetingIsNotYet, MinutesAreWritten, TextIsMissing or TextIsTooLong.
    """
    # Meetings are locked before their cases, here as on the agenda, so that nobody waits in a ring.
    meeting_id = Case.objects.filter(pk=case_id).values_list("meeting_id", flat=True).first()
    meeting = None
    if meeting_id is not None:
        meeting = access.fetch(ctx, Meeting.objects.select_related("body"), meeting_id, Right.MEETING_READ, lock=True)
    case = locked_case(ctx, case_id, Right.CASE_DECIDE)
    rules.require_decidable(case.status, case.reference, case.meeting.held_on if case.meeting else None, ctx.today)
    if (version is not None and version != case.version) or meeting is None or case.meeting_id != meeting.id:
        raise CaseHasChanged(reference=case.reference)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise MinutesAreWritten()
    case.decision_text = rules.checked_text(decision_text, "Vedtak", required=True)
    case.union_view = rules.checked_text(union_view, "De tillitsvalgtes syn") or rules.union_view_of(views_of(case))
    case.dissent = rules.checked_text(dissent, "Dissens")
    case.status, case.decided_at = CaseStatus.DECIDED, ctx.now
    save_case(case)
    publish(
        ctx,
        CaseDecided(tenant_id=case.tenant_id, case_id=case_id, meeting_id=meeting.id, reference=case.reference),
    )


@operation
def withdraw_case(ctx: Context, *, case_id: int, why: str, version: int | None = None) -> None:
    """Withdraw an open case: it keeps its number and its place, and can never be decided.

    Raises NotFound, Refused, CaseHasChanged, CaseIsDecided, CaseIsWithdrawn, TextIsMissing or TextIsTooLong.
    """
    case = locked_case(ctx, case_id, Right.CASE_PREPARE, version)
    rules.require_open(case.status, case.reference)
    case.withdrawn_why = rules.checked_text(why, "Begrunnelse", limit=400, required=True)
    case.status = CaseStatus.WITHDRAWN
    save_case(case)
    publish(ctx, CaseWithdrawn(tenant_id=case.tenant_id, case_id=case_id))
