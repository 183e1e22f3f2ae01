"""Writing to people: once for each cause, in their written form, by e-mail where there is an address."""

from __future__ import annotations

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage

from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import EmployeeRow, HolderRow, Role, WrittenForm
from kompetanse.foundation import access, clock, jobs
from kompetanse.foundation.operation import operation
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context

from .. import rules
from ..models import Message, Signup
from ..permissions import Right
from ..rules import Occasion
from ..types import MessageState, PersonalLetter, SignupStatus

MOST_ATTEMPTS = 8
OCCASIONS = {
    SignupStatus.SEATED: Occasion.SEATED,
    SignupStatus.WAITING: Occasion.WAITING,
    SignupStatus.OFFERED: Occasion.OFFERED,
    SignupStatus.DECLINED: Occasion.DECLINED,
}


class MailWasRefused(Exception):
    """The mail server said no: the job is tried again later."""


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
def write_letters(ctx: Context, *, letters: Iterable[PersonalLetter]) -> int:
    """Write letters that another domain has put into words; once for each cause. Gives how many are new.

    For the system: what is written, and to whom, is decided where the cause is.
    """
    access.require_system(ctx)
    told = {(letter.tenant_id, letter.cause, letter.person_id): letter for letter in letters}
    causes = {cause for _tenant_id, cause, _person_id in told}
    written = set(Message.objects.filter(cause__in=causes).values_list("tenant_id", "cause", "person_id"))
    new = [
        Message(
            tenant_id=letter.tenant_id, person_id=letter.person_id, cause=letter.cause, language=letter.language,
            subject=letter.subject[:200], body=letter.body, address=letter.address,
            state=MessageState.WAITING if letter.address else MessageState.KEPT, written_at=ctx.now,
        )
        for key, letter in told.items()
        if key not in written
    ]  # fmt: skip
    Message.objects.bulk_create(new)
    for message in new:
        if message.address:
            jobs.enqueue(send_message, tenant_id=message.tenant_id, message_id=message.pk)
    return len(new)


@jobs.task
def send_message(tenant_id: int, message_id: int) -> None:
    """Send one message by e-mail, once.

    It is marked before it is handed over and after: a crash between leaves it marked as being sent, where
    somebody sees it; it is never sent twice. A mail server's no puts it back, and is tried again.
    """
    ctx = system_context("sending a message", {tenant_id})
    with tenant_scope(ctx):
        waiting = Message.objects.filter(pk=message_id, state=MessageState.WAITING)
        claimed = waiting.update(state=MessageState.SENDING)
        message = Message.objects.get(pk=message_id)
    if not claimed:
        return
    failure = ""
    try:
        EmailMessage(message.subject, message.body, to=[message.address]).send()
    except Exception as error:  # every kind of mail trouble is kept with the message
        failure = f"{type(error).__name__}: {error}"[:300]
    message.attempts += 1
    message.failure = failure
    if not failure:
        message.state, message.sent_at = MessageState.SENT, clock.now()
    elif message.attempts >= MOST_ATTEMPTS:
        message.state = MessageState.FAILED
    else:
        message.state = MessageState.WAITING
    with tenant_scope(ctx):
        message.save(update_fields=["state", "attempts", "failure", "sent_at"])
    if message.state == MessageState.WAITING:
        raise MailWasRefused(failure)


def _write(
    ctx: Context, signup: Signup, receiver: EmployeeRow | HolderRow, *, cause: str, occasion: Occasion, **places: object
) -> None:
    run = signup.run
    language = _written_form(receiver.tenant_id)
    letter = rules.write(
        occasion,
        language,
        title=run.title,
        name=receiver.name,
        when=f"{run.starts_at.astimezone(ZoneInfo('Europe/Oslo')):%d.%m.%Y kl. %H.%M}",
        place=", ".join(part for part in (run.room, run.place) if part),
        **places,
    )
    message, is_new = Message.objects.get_or_create(
        tenant_id=receiver.tenant_id,
        person_id=receiver.person_id,
        cause=cause,
        defaults={
            "language": language,
            "subject": letter.subject[:200],
            "body": letter.body,
            "address": receiver.email,
            "state": MessageState.WAITING if receiver.email else MessageState.KEPT,
            "written_at": ctx.now,
        },
    )
    if is_new and receiver.email:
        jobs.enqueue(send_message, tenant_id=message.tenant_id, message_id=message.pk)


def _written_form(tenant_id: int) -> str:
    """The municipality's written form: nn, else nb."""
    found = organisation.list_municipalities(frozenset({tenant_id}))
    return "nn" if found and found[0].written_form is WrittenForm.NYNORSK else "nb"


def _signup(ctx: Context, signup_id: int) -> Signup:
    signups = Signup.objects.select_related("run", "employee", "unit")
    signup: Signup = access.fetch(ctx, signups, signup_id, Right.SIGNUP_READ)
    return signup
