"""Bringing up cases, saying what one thinks of them, and deciding them."""

from __future__ import annotations

from django.db.models import F

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import (
    CaseAdded,
    CaseChanged,
    CaseDecided,
    CaseWithdrawn,
    MinutesApproved,
    ViewStated,
)
from kompetanse.domains.governance.models import Ballot, Case, CaseView, Meeting, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.queries.cases import views_of
from kompetanse.domains.governance.queries.members import require_member
from kompetanse.domains.governance.queries.voting import votes_of
from kompetanse.domains.governance.rules.voting import dissent_of
from kompetanse.domains.governance.types import (
    TITLE_LENGTH,
    CaseHasChanged,
    CaseStatus,
    MeetingStatus,
    MinutesAreWritten,
    ViewKind,
    YouHaveNoSeat,
)
from kompetanse.domains.governance.types.procedure import BallotIsOpen, BallotStatus
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import SeatKind
from kompetanse.foundation import access
from kompetanse.foundation.operation import operation, publish
from kompetanse.kernel.context import Context

from .agenda import draw_number, locked_case, open_meeting, place_case, save_case


@operation
def add_case(
    ctx: Context,
    *,
    body_id: int,
    title: str,
    proposal: str = "",
    presenter: str = "",
    meeting_id: int | None = None,
    legal_ground: str = "",
) -> int:
    """Bring up a case; its number is the body's next of the year. On a meeting's agenda at once where named;
    kept from the public where a legal ground is given.

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
        legal_ground=rules.checked_text(legal_ground, "Hjemmel", limit=120),
    )
    meeting = open_meeting(ctx, meeting_id) if meeting_id is not None else None
    case.number = draw_number(body.tenant_id, body_id, case.year)
    case.save()
    publish(ctx, CaseAdded(tenant_id=case.tenant_id, case_id=case.id, body_id=body_id, reference=case.reference))
    if meeting is not None:
        place_case(ctx, case, meeting)
    return case.id


@operation
def change_case(
    ctx: Context,
    *,
    case_id: int,
    version: int,
    title: str,
    presenter: str = "",
    proposal: str = "",
    legal_ground: str | None = None,
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
    if legal_ground is not None:
        case.legal_ground = rules.checked_text(legal_ground, "Hjemmel", limit=120)
    save_case(case)
    publish(ctx, CaseChanged(tenant_id=case.tenant_id, case_id=case_id, version=case.version))


@operation
def put_on_agenda(ctx: Context, *, case_id: int, meeting_id: int) -> int:
    """Put an open case last on a meeting's agenda, or move it there. Gives its place on the agenda.

    Raises NotFound, Refused, CaseIsDecided, CaseIsWithdrawn, MeetingIsOfAnotherBody or MinutesAreWritten.
    """
    meeting = open_meeting(ctx, meeting_id)
    return place_case(ctx, locked_case(ctx, case_id, Right.CASE_PREPARE), meeting)


@operation
def state_view(ctx: Context, *, case_id: int, text: str) -> int:
    """A seat's holder says what they think of an open case; unions' views follow it into the decision.

    Gives the view's id. Raises NotFound, Refused, CaseIsDecided, CaseIsWithdrawn, TextIsMissing,
    TextIsTooLong, YouHaveNoSeat or MunicipalityHasLeft.
    """
    case = locked_case(ctx, case_id, Right.CASE_STATE_VIEW)
    rules.require_open(case.status, case.reference)
    said = rules.checked_text(text, "Ditt syn", limit=4000, required=True)
    seats = organisation.list_seats(ctx, body_id=case.body_id)
    seat = next((seat for seat in seats if seat.person_id == ctx.actor.person_id), None)
    if seat is None or ctx.actor.person_id is None:
        raise YouHaveNoSeat(body=case.body.name_nb)
    require_member(ctx, case.tenant_id, seat)
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
    """Record what a meeting decided. Without `union_view`, what the unions have said is recorded; without
    `dissent`, those who voted against. A case that approves minutes does so.

    `version` is the case's as the writer saw it. Raises NotFound, Refused, CaseHasChanged, CaseIsDecided,
    CaseIsWithdrawn, CaseIsNotOnAgenda, MeetingIsNotYet, MinutesAreWritten, BallotIsOpen, TextIsMissing or
    TextIsTooLong.
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
    ballots = Ballot.objects.filter(case=case, meeting=meeting).order_by("id")
    if any(ballot.status == BallotStatus.OPEN for ballot in ballots):
        raise BallotIsOpen(reference=case.reference)
    case.decision_text = rules.checked_text(decision_text, "Vedtak", required=True)
    case.union_view = rules.checked_text(union_view, "De tillitsvalgtes syn") or rules.union_view_of(views_of(case))
    voted = votes_of(ballots.last())
    case.dissent = rules.checked_text(dissent, "Dissens") or dissent_of(voted)
    case.draft_decision = ""
    case.status, case.decided_at = CaseStatus.DECIDED, ctx.now
    save_case(case)
    publish(
        ctx,
        CaseDecided(tenant_id=case.tenant_id, case_id=case_id, meeting_id=meeting.id, reference=case.reference),
    )
    if case.approves_id is not None:
        Meeting.objects.filter(pk=case.approves_id).update(status=MeetingStatus.APPROVED, version=F("version") + 1)
        publish(ctx, MinutesApproved(tenant_id=case.tenant_id, meeting_id=case.approves_id, case_id=case_id))


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
