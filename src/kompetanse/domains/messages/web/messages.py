"""What was written to me, how I am reached, and how it goes with what is written to others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from kompetanse.domains.messages import api as messages
from kompetanse.domains.messages.types import Channel, ChannelIsNotOffered, ReachPage
from kompetanse.foundation import access, clock
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

CHANNELS = {
    Channel.EMAIL: lazy("E-post"),
    Channel.SMS: lazy("SMS, med lenke til hele teksten"),
    Channel.HERE: lazy("Bare her på siden"),
}


class ChannelForm(forms.Form):
    channel = forms.TypedChoiceField(label=lazy("Hvordan vil du få beskjed?"), coerce=Channel, widget=forms.RadioSelect)

    def __init__(self, data: Any, reach: ReachPage) -> None:
        super().__init__(data, initial={"channel": reach.channel})
        self.fields["channel"].choices = [(it.value, CHANNELS[it]) for it in reach.channels]  # type: ignore[attr-defined]


@page("meldinger/", signed_in=True)
def own(request: PageRequest) -> Reply:
    """What has been written to me, whether it was sent or not; and how I want to be told."""
    ctx, act = request.ctx, request.POST.get("act", "")
    reach = messages.get_reach(ctx)
    form = ChannelForm(request.POST if act == "channel" else None, reach)
    secret = ""
    if request.method == "POST":
        if act == "open":
            secret = messages.open_feed(ctx)
        elif act == "close":
            messages.close_feed(ctx)
            return Reply.done(reverse("messages.own") + "#kalender", _("Adressen er stengt. Kalenderen får ikke mer."))
        elif act == "channel" and form.is_valid():
            with catching(form, ChannelIsNotOffered):
                messages.choose_channel(ctx, channel=form.cleaned_data["channel"])
                return Reply.done(reverse("messages.own"), _("Lagret."))
    return Reply.page(
        "messages/own.html",
        messages.list_messages(ctx),
        status=422 if form.errors else 200,
        reach=reach,
        form=form,
        has_feed=reach.feed or bool(secret),
        feed=_address_of(secret) if secret else "",
        follows=access.possible(ctx.actor, messages.Right.MESSAGE_FOLLOW),
        mends=access.possible(ctx.actor, messages.Right.ADDRESS_MEND),
    )


def _address_of(secret: str) -> str:
    return str(settings.PUBLIC_URL).rstrip("/") + reverse("messages.calendar", args=[secret])


@page("kalender/<str:secret>.ics", open=True, methods=("GET",))
def calendar(request: PageRequest, secret: str) -> HttpResponse:
    """Somebody's appointments, for the calendar that has the secret address."""
    found = messages.read_feed(secret=secret, now=clock.now())
    if found is None:
        raise NotFound()
    answer = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


@page("meldinger/tilstand/", right=messages.Right.MESSAGE_FOLLOW, methods=("GET",))
def states(request: PageRequest) -> Reply:
    """How it goes with what is written to people in the region: counts, and what did not arrive."""
    return Reply.page("messages/states.html", messages.get_states(request.ctx), crumbs=_crumbs(_("Hvordan det går")))


@page("meldinger/<int:message_id>/igjen/", right=messages.Right.MESSAGE_FOLLOW, methods=("POST",))
def send_again(request: PageRequest, message_id: int) -> Reply:
    """Try once more what gave up, or what was under way when the programme stopped."""
    messages.send_again(request.ctx, message_id=message_id)
    return Reply.done(reverse("messages.states"), _("Meldingen sendes på nytt."))


@page("meldinger/adresser/", right=messages.Right.ADDRESS_MEND, methods=("GET",))
def failing_addresses(request: PageRequest) -> Reply:
    """Addresses that take no mail, and what to do about each."""
    return Reply.page(
        "messages/addresses.html", messages.list_failing(request.ctx), crumbs=_crumbs(_("Adresser som ikke virker"))
    )


@page("meldinger/adresser/<int:failing_id>/virker/", right=messages.Right.ADDRESS_MEND, methods=("POST",))
def trust_address(request: PageRequest, failing_id: int) -> Reply:
    """The address is right after all: what came back is sent."""
    count = messages.trust_address(request.ctx, failing_id=failing_id)
    text = ngettext("%(n)s melding sendes på nytt.", "%(n)s meldinger sendes på nytt.", count) % {"n": count}
    return Reply.done(reverse("messages.failing_addresses"), _("Adressen brukes igjen.") + " " + text)


def _crumbs(here: str) -> list[dict[str, str]]:
    return [{"label": _("Meldinger"), "url": reverse("messages.own")}, {"label": here}]
