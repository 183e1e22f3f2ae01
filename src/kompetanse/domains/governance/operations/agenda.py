"""What the acts on meetings and cases share: locks, numbers, and places on an agenda."""

from __future__ import annotations

from django.db import connection
from django.db.models import F, Max

from kompetanse.domains.governance import rules
from kompetanse.domains.governance.events import CaseAdded, CasePutOnAgenda
from kompetanse.domains.governance.models import Case, CaseCounter, Meeting, Minutes
from kompetanse.domains.governance.permissions import Right
from kompetanse.domains.governance.types import (
    CaseHasChanged,
    CaseStatus,
    MeetingIsOfAnotherBody,
    MeetingStatus,
    MinutesAreWritten,
)
from kompetanse.foundation import access
from kompetanse.foundation.operation import publish
from kompetanse.kernel.context import Context
from kompetanse.kernel.text_marker import N_

APPROVAL = N_("Godkjenning av referat fra %(day)s")


def open_meeting(ctx: Context, meeting_id: int, right: str = Right.MEETING_PREPARE) -> Meeting:
    """The meeting, locked, while its minutes are unwritten. Raises NotFound, Refused or MinutesAreWritten."""
    meetings = Meeting.objects.select_related("body")
    meeting: Meeting = access.fetch(ctx, meetings, meeting_id, right, lock=True)
    if Minutes.objects.filter(meeting=meeting).exists():
        raise MinutesAreWritten()
    return meeting


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


def bring_approval(ctx: Context, meeting: Meeting) -> None:
    """Minutes that no meeting has approved come first on the agenda of the body's next. The meeting is locked."""
    waiting = Meeting.objects.filter(body_id=meeting.body_id, status=MeetingStatus.HELD, held_on__lte=meeting.held_on)
    asked = Case.objects.exclude(status=CaseStatus.WITHDRAWN).filter(approves__isnull=False).values("approves_id")
    for held in waiting.exclude(pk=meeting.pk).exclude(pk__in=asked).order_by("-held_on", "-id"):
        day = f"{held.held_on.day}.{held.held_on.month}.{held.held_on.year}"
        Case.objects.filter(meeting=meeting).update(agenda_position=F("agenda_position") + 1)
        case = Case(
            tenant_id=meeting.tenant_id, body_id=meeting.body_id, year=ctx.today.year,
            number=draw_number(meeting.tenant_id, meeting.body_id, ctx.today.year),
            title=APPROVAL % {"day": day}, proposal="Referatet godkjennes.", approves=held,
            meeting=meeting, agenda_position=1,
        )  # fmt: skip
        case.save()
        added = CaseAdded(tenant_id=case.tenant_id, case_id=case.id, body_id=case.body_id, reference=case.reference)
        publish(ctx, added)
        publish(ctx, CasePutOnAgenda(tenant_id=case.tenant_id, case_id=case.id, meeting_id=meeting.id, position=1))
