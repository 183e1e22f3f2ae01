"""Writing to people about their sign-ups: once for each cause; and keeping what stands in their calendars true."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import Appointment, Draft, PersonalLetter
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import EmployeeRow, HolderRow, Role
from kompetanse.foundation import access, locks
from kompetanse.foundation.operation import operation
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context

from .. import rules
from ..models import Run, Session, Signup
from ..permissions import Right
from ..rules import Occasion
from ..types import SignupStatus
from .seating import whole_run

NORWAY = ZoneInfo("Europe/Oslo")
OCCASIONS = {
    SignupStatus.SEATED: Occasion.SEATED,
    SignupStatus.WAITING: Occasion.WAITING,
    SignupStatus.OFFERED: Occasion.OFFERED,
    SignupStatus.DECLINED: Occasion.DECLINED,
}


@operation
def tell_person(ctx: Context, *, signup_id: int, status: SignupStatus, why: str) -> None:
    """Write to the person what became of the sign-up. Told again, nothing is written."""
    signup = _signup(ctx, signup_id)
    person = organisation.access_employee(ctx, employee_id=signup.employee_id)
    if status is SignupStatus.OFFERED and signup.offer_until is None:
        return  # answered before it could be told
    occasion = OCCASIONS.get(status) or (Occasion.CANCELLED if why == rules.RUN_CANCELLED else Occasion.ENDED)
    until = signup.offer_until.astimezone(ZoneInfo("Europe/Oslo")) if signup.offer_until else None
    _write(
        ctx, signup, person, cause=f"signup-{signup.pk}-{status}", occasion=occasion,
        why=why, number=signup.place or signup.queue_number, reason=signup.reason,
        until=f"{until:%d.%m.%Y kl. %H.%M}" if until else "",
    )  # fmt: skip


@operation
def tell_approver(ctx: Context, *, signup_id: int) -> None:
    """Write to whoever can answer that somebody waits; a sign-up that is answered already needs no letter.

    The leader, else HR and the contact person of the municipality, else the course office. Where none of them
    is to be found, the person who asked is told that nobody has seen it: it is never silent.
    """
    signup = _signup(ctx, signup_id)
    if signup.status != SignupStatus.ASKED:
        return
    cause, asker = f"ask-{signup.pk}" + (f"-{signup.levels_up}" if signup.levels_up else ""), signup.employee.name
    if signup.approver_id is not None:
        leader = organisation.access_employee(ctx, employee_id=signup.approver_id)
        _write(ctx, signup, leader, cause=cause, occasion=Occasion.TO_APPROVE, person=asker)
        return
    stand_ins = _who_answers_without_leader(ctx, signup)
    for holder in stand_ins:
        _write(
            ctx, signup, holder, cause=cause, occasion=Occasion.TO_APPROVE_WITHOUT_LEADER, person=asker,
            unit=signup.unit.name,
        )  # fmt: skip
    if not stand_ins:
        person = organisation.access_employee(ctx, employee_id=signup.employee_id)
        _write(ctx, signup, person, cause=cause, occasion=Occasion.NOBODY_TO_APPROVE, unit=signup.unit.name)


@operation
def tell_interested(ctx: Context, *, signup_id: int) -> None:
    """Write to a person that the interest has become a sign-up, now that the course has a date."""
    signup = _signup(ctx, signup_id)
    person = organisation.access_employee(ctx, employee_id=signup.employee_id)
    _write(ctx, signup, person, cause=f"interest-{signup.pk}", occasion=Occasion.FROM_INTEREST)


def _who_answers_without_leader(ctx: Context, signup: Signup) -> list[HolderRow]:
    """Those who may answer a sign-up that no leader can, the nearest first; nobody answers their own.

    Where the nearest have let it wait (see `pass_up_approvals`), those further off are told as well.
    """
    found: list[HolderRow] = []
    near = frozenset({Role.HR, Role.CONTACT_PERSON})
    office = frozenset({Role.COURSE_ADMINISTRATOR})
    for tenant_id, roles, unit_id in ((signup.tenant_id, near, signup.unit_id), (signup.region_id, office, None)):
        holders = organisation.list_role_holders(ctx, tenant_id=tenant_id, roles=roles, unit_id=unit_id)
        found += [holder for holder in holders if holder.person_id != signup.employee.person_id]
        if found and signup.levels_up < 2:
            break
    return found


@operation
def tell_withdrawn(ctx: Context, *, signup_id: int) -> None:
    """Confirm to a person who had a seat that they are off the list, and take it out of their calendar."""
    signup = _signup(ctx, signup_id)
    person = organisation.access_employee(ctx, employee_id=signup.employee_id)
    _write(ctx, signup, person, cause=f"signup-{signup.pk}-off", occasion=Occasion.WITHDRAWN)


@operation
def tell_change(ctx: Context, *, run_id: int) -> int:
    """Tell those who have a seat when and where the run is now, where that is another than they were told last.

    For the system, across the municipalities that take part. Gives how many were written to.
    """
    access.require_system(ctx)
    run: Run = access.fetch(ctx, Run.objects.all(), run_id, Right.RUN_READ)
    whole = whole_run(ctx, run, run.municipalities)
    with tenant_scope(whole):
        locks.hold("calendars", run.pk)
        run.refresh_from_db()
        seated = Signup.objects.filter(run_id=run.pk, status=SignupStatus.SEATED).select_related("employee")
        gatherings = _gatherings(run)
        drafts = [
            Draft(
                signup.tenant_id, signup.employee.person_id, signup.employee.name, signup.employee.email,
                f"signup-{signup.pk}-changed", _places(run, gatherings), _series(signup),
                _appointments(run, gatherings), if_changed=True,
            )
            for signup in seated.order_by("queue_number")
        ]  # fmt: skip
        return messages.write_of_kind(
            whole, kind=rules.kind_of(Occasion.CHANGED), region_id=run.tenant_id, drafts=drafts, about=_about(run)
        )


@operation
def write_letters(ctx: Context, *, letters: Iterable[PersonalLetter]) -> int:
    """The messages' `write`, by the name it had here."""
    return messages.write(ctx, letters=letters)


def _write(
    ctx: Context, signup: Signup, receiver: EmployeeRow | HolderRow, *, cause: str, occasion: Occasion, **places: object
) -> None:
    """Write about a sign-up. To the person it is about, their calendar is told what is true now."""
    run = signup.run
    own = receiver.person_id == signup.employee.person_id
    if own:
        locks.hold("calendars", run.pk)  # one at a time: what is read now is what is told last
    gatherings = _gatherings(run)
    if "why" in places:
        places["why"] = rules.ground_in_all(str(places["why"]))
    if "reason" in places:
        places["reason"] = places["reason"] or rules.NO_REASON
    has_seat = own and Signup.objects.filter(pk=signup.pk, status=SignupStatus.SEATED).exists()
    draft = Draft(
        receiver.tenant_id, receiver.person_id, receiver.name, receiver.email, cause,
        _places(run, gatherings) | places, _series(signup) if own else "",
        _appointments(run, gatherings) if has_seat else (),
    )  # fmt: skip
    messages.write_of_kind(
        ctx, kind=rules.kind_of(occasion), region_id=run.tenant_id, drafts=[draft], about=_about(run)
    )


def _gatherings(run: Run) -> list[Session]:
    return list(Session.objects.filter(run_id=run.pk).order_by("starts_at", "number"))


def _places(run: Run, gatherings: list[Session]) -> dict[str, object]:
    times = [gathering.starts_at for gathering in gatherings] or [run.starts_at]
    return {
        "title": run.title,
        "when": ", ".join(f"{moment.astimezone(NORWAY):%d.%m.%Y kl. %H.%M}" for moment in times),
        "place": _where(run.room, run.place),
    }


def _appointments(run: Run, gatherings: list[Session]) -> tuple[Appointment, ...]:
    return tuple(
        Appointment(
            f"session-{it.pk}", f"{run.title}: {it.title}" if it.title else run.title, it.starts_at, it.ends_at,
            _where(it.room, it.place), it.video_link,
        )
        for it in gatherings
    )  # fmt: skip


def _where(room: str, place: str) -> str:
    return ", ".join(part for part in (room, place) if part)


def _series(signup: Signup) -> str:
    return f"signup-{signup.pk}"


def _about(run: Run) -> str:
    return f"run-{run.pk}"


def _signup(ctx: Context, signup_id: int) -> Signup:
    signups = Signup.objects.select_related("run", "employee", "unit")
    signup: Signup = access.fetch(ctx, signups, signup_id, Right.SIGNUP_READ)
    return signup
