"""Handing messages over, one at a time: marked before and after, so that a crash between shows and nothing goes twice.

Whatever a worker was doing when it was killed, what waits is still waiting, and what was in its hands is seen to have
been so. Every try of a message carries the same Message-ID.
"""

from __future__ import annotations

import smtplib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.urls import reverse

from kompetanse.domains.organisation import api as organisation
from kompetanse.foundation import clock, jobs
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context, system_context

from .. import rules
from ..models import Message
from ..rules import Verdict
from ..types import Channel, MessageState
from .bouncing import note_bounce
from .sms import SmsIsDown, SmsWasRefused, route, text_of

WHY = "sending messages"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of handing a message over: sent where `verdict` is None."""

    verdict: Verdict | None = None
    failure: str = ""


@jobs.task
def send_waiting(tenant_id: int) -> None:
    """Send what waits and is due, in the order it was written, until there is nothing left."""
    ctx = system_context(WHY, {tenant_id}, clock.now())
    outlets = _Outlets()
    try:
        usable = {channel for channel in (Channel.EMAIL, Channel.SMS) if _is_due(ctx, channel)}
        for channel in sorted(usable):
            if down := outlets.open(channel):
                _postpone(ctx, channel, down)
                usable.discard(channel)
        while usable and (message := _claim(_now(ctx), usable)) is not None:
            _note(_now(ctx), message, outlets.hand_over(message))
            for channel in sorted(usable):
                if down := outlets.open(channel):
                    _postpone(ctx, channel, down)
                    usable.discard(channel)
    finally:
        outlets.close()


def find_due(now: datetime) -> list[int]:
    """The tenants that have messages waiting whose time has come: the net under the jobs."""
    ctx = system_context(WHY, set(organisation.list_tenants()), now)
    with tenant_scope(ctx, read_only=True):
        return list(
            Message.objects.filter(_due(now)).values_list("tenant_id", flat=True).distinct().order_by("tenant_id")
        )


def _now(ctx: Context) -> Context:
    return Context(ctx.actor, ctx.tenants, clock.now(), ctx.correlation_id)


def _due(now: datetime) -> Q:
    return Q(state=MessageState.WAITING) & (Q(next_try_at=None) | Q(next_try_at__lte=now))


def _is_due(ctx: Context, channel: Channel) -> bool:
    with tenant_scope(ctx, read_only=True):
        return Message.objects.filter(_due(ctx.now), channel=channel).exists()


def _claim(ctx: Context, channels: Collection[Channel]) -> Message | None:
    """The next message, marked as being sent. What is told about one calendar entry goes in order."""
    under_way = Q(state=MessageState.SENDING, claimed_at__gte=ctx.now - rules.UNDER_WAY)
    last = 0
    with tenant_scope(ctx):
        waiting = Message.objects.filter(_due(ctx.now), channel__in=sorted(channels)).order_by("pk")
        # The next by its number, and then whether it may go: asked as one, the database looks at all that wait.
        while message := waiting.filter(pk__gt=last).select_for_update(skip_locked=True, of=("self",)).first():
            earlier = Message.objects.filter(
                Q(state=MessageState.WAITING) | under_way, calendar_uid=message.calendar_uid,
                tenant_id=message.tenant_id, pk__lt=message.pk,
            )  # fmt: skip
            if not message.calendar_uid or not earlier.exists():
                message.state, message.claimed_at = MessageState.SENDING, ctx.now
                message.attempts += 1
                message.save(update_fields=["state", "claimed_at", "attempts"])
                claimed: Message = message
                return claimed
            last = message.pk
    return None


def _note(ctx: Context, message: Message, outcome: Outcome) -> None:
    """Write down what became of a message that was handed over."""
    if outcome.verdict is Verdict.BOUNCED and message.channel == Channel.EMAIL:
        wide = system_context(WHY, organisation.list_tenants()[message.tenant_id], ctx.now)
        note_bounce(wide, tenant_id=message.tenant_id, message_id=message.pk, why=outcome.failure)
        return
    message.failure = outcome.failure
    if outcome.verdict is None:
        message.state, message.sent_at = MessageState.SENT, ctx.now
    elif outcome.verdict is Verdict.BOUNCED or (
        outcome.verdict is Verdict.AGAIN and message.attempts >= rules.MOST_ATTEMPTS
    ):
        message.state = MessageState.FAILED
    elif outcome.verdict is Verdict.AGAIN:
        message.state = MessageState.WAITING
        message.next_try_at = ctx.now + rules.tried_again_after(message.attempts)
    with tenant_scope(ctx):
        message.save(update_fields=["state", "failure", "sent_at", "next_try_at"])


def _postpone(ctx: Context, channel: Channel, why: str) -> None:
    """Nothing can be handed over this way now: each waits as long as its attempts say, and at last gives up."""
    now = clock.now()
    with tenant_scope(ctx):
        waiting = Message.objects.filter(_due(now), channel=channel)
        for attempts in list(waiting.values_list("attempts", flat=True).distinct()):
            tried = attempts + 1
            state = MessageState.FAILED if tried >= rules.MOST_ATTEMPTS else MessageState.WAITING
            waiting.filter(attempts=attempts).update(
                attempts=tried, failure=why[:300], state=state, next_try_at=now + rules.tried_again_after(tried)
            )


class _Outlets:
    """The ways out, opened when first asked for. Opening comes before claiming: a server that is down takes nothing."""

    def __init__(self) -> None:
        self.mail: Any = None
        self.sms = route()

    def open(self, channel: Channel) -> str:
        """Make sure that a way is open. Gives why it is not, or nothing."""
        if channel is Channel.SMS:
            return "" if self.sms else "SMS er ikke satt opp."
        try:
            if self.mail is None:
                self.mail = get_connection()
            smtp = getattr(self.mail, "connection", None)
            if isinstance(smtp, smtplib.SMTP) and not _answers(smtp):
                self.mail.connection = None
            self.mail.open()
        except Exception as error:  # every kind of mail trouble is kept with the messages
            self.mail = None
            return f"{type(error).__name__}: {error}"
        return ""

    def hand_over(self, message: Message) -> Outcome:
        try:
            if message.channel == Channel.SMS:
                assert self.sms is not None
                link = settings.PUBLIC_URL.rstrip("/") + reverse("messages.own")
                self.sms.send(message.address, text_of(message.subject, link), f"{message.tenant_id}-{message.pk}")
            else:
                self.mail.send_messages([mail_of(message)])
        except SmsIsDown as error:
            return Outcome(Verdict.AGAIN, str(error)[:300])
        except SmsWasRefused as error:
            return Outcome(Verdict.BOUNCED if error.about_number else Verdict.AGAIN, str(error)[:300])
        except smtplib.SMTPRecipientsRefused as error:
            code, said = next(iter(error.recipients.values()))
            return _judged(code, said, about_address=True)
        except smtplib.SMTPResponseException as error:
            return _judged(error.smtp_code, error.smtp_error, about_address=False)
        except ValueError as error:  # the address cannot be written in a mail's head: nothing was handed over
            return Outcome(Verdict.BOUNCED, f"{type(error).__name__}: {error}"[:300])
        except Exception as error:  # the connection broke: it may have arrived
            return Outcome(Verdict.UNCERTAIN, f"{type(error).__name__}: {error}"[:300])
        return Outcome()

    def close(self) -> None:
        if self.mail is not None:
            try:
                self.mail.close()
            except (OSError, smtplib.SMTPException):
                self.mail = None


def mail_of(message: Message) -> EmailMultiAlternatives:
    """The message as MIME: text, and where a calendar is told something, that as an alternative and as a file."""
    host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
    key = rules.message_id_of(message.tenant_id, message.pk, host, settings.SECRET_KEY)
    headers = {"Message-ID": key, "Auto-Submitted": "auto-generated", "Content-Language": message.language}
    mail = EmailMultiAlternatives(message.subject, message.body, to=[message.address], headers=headers)
    if message.calendar:
        mail.attach_alternative(message.calendar, f"text/calendar; method={message.calendar_method}")
        name = "avlysning.ics" if message.calendar_method == "CANCEL" else "invitasjon.ics"
        mail.attach(name, message.calendar.encode(), "application/ics")
    return mail


def _judged(code: int, said: bytes | str, *, about_address: bool) -> Outcome:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    text = " ".join(text.split())
    return Outcome(rules.judge(code, text, about_address=about_address), f"{code} {text}"[:300])


def _answers(smtp: smtplib.SMTP) -> bool:
    try:
        return smtp.noop()[0] == 250
    except (OSError, smtplib.SMTPException):
        return False
