"""Sign-ups: my own, a leader's people, approvals, withdrawing."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.types import (
    DeadlineHasPassed,
    GroupIsTooLarge,
    GroupIsTooSmall,
    HasNoPost,
    RunHasBegun,
    RunIsCancelled,
    RunIsHeld,
    RunIsNotOpen,
    SignupStatus,
)
from kompetanse.domains.courses.types.terms import TermsHaveChanged
from kompetanse.domains.organisation import api as organisation
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from . import terms

CLOSED = (RunIsCancelled, RunIsHeld, RunIsNotOpen, RunHasBegun, DeadlineHasPassed, HasNoPost)


class PeopleForm(forms.Form):
    """Which of one's people: employee ids. The template draws the boxes, so that each says what it is."""

    people = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": ""})
    as_group = forms.BooleanField(required=False)

    def __init__(self, data: object, allowed: list[int]) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        field = self.fields["people"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(who, who) for who in allowed]
        field.error_messages["required"] = _("Kryss av minst én person.")


@page("kurs/<int:run_id>/meld-pa/", right=organisation.Right.PEOPLE_LEAD)
def sign_up_people(request: PageRequest, run_id: int) -> Reply:
    """A leader signs up several of their own people; they need no e-mail."""
    found = courses.get_run(request.ctx, run_id=run_id)
    candidates = courses.list_candidates(request.ctx, run_id=run_id)
    data = request.POST if request.method == "POST" else None
    form = PeopleForm(data, [who.employee_id for who in candidates])
    if form.is_bound and form.is_valid():
        with catching(form, *CLOSED, TermsHaveChanged, GroupIsTooSmall, GroupIsTooLarge):
            terms.require_seen(request, run_id)
            made = courses.ask_for_seats(
                request.ctx, run_id=run_id, employee_ids=form.cleaned_data["people"],
                as_group=form.cleaned_data["as_group"],
            )  # fmt: skip
            text = ngettext("%(n)s person er meldt på.", "%(n)s personer er meldt på.", len(made))
            return Reply.done(to=reverse("courses.run", args=[run_id]), notice=text % {"n": len(made)})
    told = terms.shown(request.ctx, run_id)
    free = [who for who in candidates if who.taken is None]
    taken = [who for who in candidates if who.taken is not None]
    cautions = courses.list_cautions(request.ctx, run_id=run_id, employee_ids=[who.employee_id for who in free])
    shown = [(who, cautions.get(who.employee_id, ())) for who in free]
    return Reply.page("courses/sign_up_people.html", found, free=shown, taken=taken, form=form, terms=told)


@page("pameldinger/", right=Right.SIGNUP_DECIDE)
def approvals(request: PageRequest) -> Reply:
    """What waits for me, each with yes and no, and yes to all."""
    if request.method == "POST":
        chosen = [int(value) for value in request.POST.getlist("signup") if value.isdecimal()]
        done = courses.approve_signups(request.ctx, signup_ids=chosen)
        text = ngettext("%(n)s påmelding er godkjent.", "%(n)s påmeldinger er godkjent.", done) % {"n": done}
        return Reply.done(to=reverse("courses.approvals"), notice=text)
    return Reply.page("courses/approvals.html", courses.list_approvals(request.ctx))


@page("pameldinger/<int:signup_id>/godkjenn/", right=Right.SIGNUP_DECIDE, methods=("POST",))
def approve(request: PageRequest, signup_id: int) -> Reply:
    status = courses.approve_signup(request.ctx, signup_id=signup_id)
    name = courses.get_signup(request.ctx, signup_id=signup_id).name
    text = (
        _("%(name)s er godkjent og har plass.")
        if status is SignupStatus.SEATED
        else _("%(name)s er godkjent og står på ventelisten.")
    )
    return Reply.done(to=reverse("courses.approvals"), notice=text % {"name": name})


@page("pameldinger/<int:signup_id>/avsla/", right=Right.SIGNUP_DECIDE, methods=("POST",))
def decline(request: PageRequest, signup_id: int) -> Reply:
    courses.decline_signup(request.ctx, signup_id=signup_id, reason=request.POST.get("reason", ""))
    name = courses.get_signup(request.ctx, signup_id=signup_id).name
    text = _("Påmeldingen til %(name)s er avslått, og %(name)s får beskjed.") % {"name": name}
    return Reply.done(to=reverse("courses.approvals"), notice=text)


@page("pameldinger/<int:signup_id>/meld-av/", right=Right.SIGNUP_WITHDRAW)
def withdraw(request: PageRequest, signup_id: int) -> Reply:
    """Ask once, then withdraw; the next in line gets the seat."""
    row = courses.get_signup(request.ctx, signup_id=signup_id)
    if request.method == "POST":
        courses.withdraw(request.ctx, signup_id=signup_id)
        own = row.person_id == request.ctx.actor.person_id
        to = reverse("courses.run", args=[row.run_id]) if own else reverse("courses.run_list")
        return Reply.done(to=to, notice=_("Påmeldingen er trukket. Plassen går til den neste i køen."))
    told = terms.said(courses.list_consequences(request.ctx, signup_id=signup_id))
    return Reply.page("courses/withdraw.html", row, consequences=told)


@page("mine-kurs/", signed_in=True)
def own_signups(request: PageRequest) -> Reply:
    """My courses: those to come and those that were."""
    near = courses.list_own_sessions(request.ctx)
    return Reply.page("courses/own_signups.html", courses.list_own_signups(request.ctx), now=request.ctx.now, near=near)
