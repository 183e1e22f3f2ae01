"""A municipality's round on screen: opened, weighed and approved, without any script."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.permissions import Right
from kompetanse.domains.needs.types import (
    DeadlineHasPassed,
    DelegateIsUnknown,
    JoinNeedsTwo,
    NeedFilter,
    NeedIsNotHere,
    NeedIsNotJoined,
    NeedRow,
    NeedsAreWaiting,
    NothingToApprove,
    PeopleOutOfRange,
    RoundHasChanged,
    RoundHasNoTitle,
    RoundIsApproved,
    RoundIsOpen,
    RoundRow,
    RoundStatus,
    Step,
    TextIsTooLong,
    WhyIsMissing,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation import access
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from . import words
from .forms import ApproveForm, DelegateForm, OpenRoundForm, WeighForm

DELEGATES = frozenset({Role.HR, Role.CONTACT_PERSON})


@page("behov/runder/", right=Right.ROUND_READ)
def rounds(request: PageRequest) -> Reply:
    """The municipality's rounds; HR and the contact person open one."""
    places = [
        (tenant_id, name)
        for tenant_id, name in _places(request)
        if any(grant.tenant_id == tenant_id for role in DELEGATES for grant in request.ctx.actor.places(role))
    ]
    form = OpenRoundForm(request.POST if request.method == "POST" else None, places=places)
    if request.method == "POST" and form.is_valid():
        with catching(form, RoundIsOpen, RoundHasNoTitle, DeadlineHasPassed, TextIsTooLong):
            said = form.cleaned_data
            round_id = needs.open_round(
                request.ctx, tenant_id=said["tenant"], title=said["title"], deadline=said["deadline"]
            )
            return Reply.done(_at(round_id), _("Runden er åpnet. Behov som meldes nå, går inn i den."))
    found = needs.list_rounds(request.ctx)
    open_now = {it.tenant_id for it in found if it.status is RoundStatus.OPEN}
    may_open = access.possible(request.ctx.actor, Right.ROUND_OPEN) and any(it not in open_now for it, _name in places)
    return Reply.page("needs/rounds.html", found, form=form, may_open=may_open)


def _places(request: PageRequest) -> list[tuple[int, str]]:
    return [(it.tenant_id, it.name) for it in organisation.list_municipalities(request.ctx.tenants)]


@page("behov/runder/<int:round_id>/", right=Right.ROUND_READ)
def round_one(request: PageRequest, round_id: int) -> Reply:
    """One round: where each need lies, and what may be done with it."""
    shown = _round(request, round_id)
    act = request.POST.get("act", "") if request.method == "POST" else ""
    people = [
        (it.person_id, it.name)
        for it in organisation.list_role_holders(request.ctx, tenant_id=shown.tenant_id, roles=DELEGATES)
    ] if shown.may_delegate else []  # fmt: skip
    weigh = WeighForm(request.POST if act in ("pass", "back", "join", "apart", "comment") else None)
    approve = ApproveForm(request.POST if act == "approve" else None, initial={"seen": shown.seen})
    delegate = DelegateForm(
        request.POST if act == "delegate" else None, people=people, initial={"delegate": shown.delegate_id}
    )
    if weigh.is_bound and weigh.is_valid():
        with catching(
            weigh, RoundIsApproved, NeedIsNotHere, NeedIsNotJoined, JoinNeedsTwo, WhyIsMissing, PeopleOutOfRange,
            TextIsTooLong,
        ):  # fmt: skip
            return _weigh(request, round_id, act, weigh)
    if approve.is_bound and approve.is_valid():
        with catching(approve, RoundIsApproved, RoundHasChanged, NeedsAreWaiting, NothingToApprove):
            said = approve.cleaned_data
            needs.approve_round(request.ctx, round_id=round_id, seen=said["seen"], leave_out=said["leave_out"])
            return Reply.done(_at(round_id), _("Lista er godkjent. Behovene teller nå med i regionen."))
    if delegate.is_bound and delegate.is_valid():
        with catching(delegate, RoundIsApproved, DelegateIsUnknown):
            needs.delegate_approval(request.ctx, round_id=round_id, person_id=delegate.cleaned_data["delegate"])
            return Reply.done(_at(round_id), _("Lagret hvem som godkjenner."))
    gathered = needs.list_needs(request.ctx, narrowed=NeedFilter(round_id=round_id))
    chosen = set(_ids(request))
    return Reply.page(
        "needs/round.html", shown, weigh=weigh, approve=approve, delegate=delegate,
        groups=[(words.STEPS[step], _lines(gathered, step, chosen)) for step in Step],
        done=[(it, words.STAGES[it.fate.stage], words.say(it.fate.words)) for it in gathered if it.step is None],
        may_weigh=any(it.may_weigh for it in gathered),
        is_open=shown.status is RoundStatus.OPEN,
    )  # fmt: skip


def _round(request: PageRequest, round_id: int) -> RoundRow:
    found = [it for it in needs.list_rounds(request.ctx) if it.id == round_id]
    if not found:
        raise NotFound()
    return found[0]


def _lines(gathered: list[NeedRow], step: Step, chosen: set[int]) -> list[tuple[NeedRow, bool]]:
    return [(it, it.id in chosen) for it in gathered if it.step is step]


def _weigh(request: PageRequest, round_id: int, act: str, form: WeighForm) -> Reply:
    ctx, chosen, why = request.ctx, _ids(request), form.cleaned_data["why"]
    if not chosen:
        return Reply.done(_at(round_id), _("Ingen behov var krysset av. Kryss av dem det gjelder."))
    if act == "join":
        needs.join_needs(ctx, need_ids=chosen, title=form.cleaned_data["title"], comment=why)
        return Reply.done(_at(round_id), _("Behovene er slått sammen. De som meldte dem, ser det."))
    with transaction.atomic():  # all of them or none
        if act == "pass":
            needs.pass_on(ctx, need_ids=chosen, comment=why)
        for need_id in chosen:
            if act == "back":
                needs.send_back(ctx, need_id=need_id, why=why)
            elif act == "apart":
                needs.take_apart(ctx, need_id=need_id, why=why)
            elif act == "comment":
                needs.comment_need(ctx, need_id=need_id, text=why)
    said = {
        "pass": _("Behovene er sendt videre til kommunens liste."),
        "back": _("Behovene er sendt tilbake med begrunnelsen."),
        "apart": _("Behovene er delt opp igjen."),
        "comment": _("Kommentaren er lagret."),
    }
    return Reply.done(_at(round_id), said[act])


def _ids(request: PageRequest) -> list[int]:
    return sorted({int(it) for it in request.POST.getlist("need") if it.isdecimal() and len(it) < 19})


def _at(round_id: int) -> str:
    return reverse("needs.round_one", kwargs={"round_id": round_id})
