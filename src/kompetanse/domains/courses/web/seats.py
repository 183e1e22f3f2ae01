"""How seats are given out: the run's policy, why I stand where I stand, offers, moving, substitutes, interest."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.types import (
    AlreadyInterested,
    OfficeSeatsDoNotFit,
    PolicyInput,
    ReleaseIsAfterStart,
    RunCannotBeChanged,
    RunStatus,
    SignupStatus,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.domains.plans import api as plans
from kompetanse.domains.plans.types import MeasureKind, MeasureStatus
from kompetanse.kernel.errors import NotFound
from kompetanse.ui.pages import PageRequest, page, sentence
from kompetanse.ui.replies import Reply, catching

from .. import rules


class PolicyForm(forms.Form):
    """What the office declares. Each field says what it changes for those who stand in line."""

    release_on = forms.DateField(
        label=gettext_lazy("Bestilte plasser slippes"), required=False,
        help_text=gettext_lazy("Den første dagen de er frie for alle. Tomt: dagen etter påmeldingsfristen."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    office_seats = forms.IntegerField(
        label=gettext_lazy("Plasser kontoret holder av"), min_value=0, max_value=10_000,
        help_text=gettext_lazy("De gis for hånd til en på ventelisten, og det blir skrevet i loggen."),
    )  # fmt: skip
    statutory_first = forms.BooleanField(
        label=gettext_lazy("De som har en lovpålagt frist, går foran i køen"), required=False,
        help_text=gettext_lazy("Gjelder dem som mangler det loven krever og kurset gir, eller der det snart går ut."),
    )  # fmt: skip
    needs_approval = forms.BooleanField(
        label=gettext_lazy("Lederen skal godkjenne"), required=False,
        help_text=gettext_lazy("Uten kryss får den som melder seg på, plassen med det samme."),
    )  # fmt: skip
    offer_days = forms.IntegerField(
        label=gettext_lazy("Tilby plasser i stedet for å gi dem, fra så mange dager før kurset"),
        required=False, min_value=0, max_value=365,
        help_text=gettext_lazy("Tomt: en plass som blir ledig, gis alltid rett til den første i køen."),
    )  # fmt: skip
    offer_hours = forms.IntegerField(label=gettext_lazy("Timer å svare på et tilbud"), min_value=1, max_value=720)
    pass_up_days = forms.IntegerField(
        label=gettext_lazy("Dager før en påmelding uten svar går til lederen over"), min_value=1, max_value=60
    )


@page("kurs/<int:run_id>/fordeling/", right=Right.RUN_MANAGE)
def seat_policy(request: PageRequest, run_id: int) -> Reply:
    """The office declares how the seats are given out, and gives those it holds back."""
    found = courses.get_run(request.ctx, run_id=run_id)
    policy = courses.get_policy(request.ctx, run_id=run_id)
    names = PolicyInput.__dataclass_fields__
    form = PolicyForm(
        request.POST if request.method == "POST" else None, initial={name: getattr(policy, name) for name in names}
    )
    if form.is_bound and form.is_valid():
        with catching(form, OfficeSeatsDoNotFit, ReleaseIsAfterStart, RunCannotBeChanged):
            courses.declare_policy(request.ctx, run_id=run_id, policy=PolicyInput(**form.cleaned_data))
            return Reply.done(
                to=reverse("courses.seat_policy", args=[run_id]),
                notice=_("Fordelingen er lagret, og køen er gått gjennom på nytt."),
            )
    line = [row for row in courses.list_line(request.ctx, run_id=run_id) if row.status is SignupStatus.WAITING]
    return Reply.page("courses/seat_policy.html", found, form=form, policy=policy, line=line)


@page("pameldinger/<int:signup_id>/kontorplass/", right=Right.RUN_MANAGE, methods=("POST",))
def office_seat(request: PageRequest, signup_id: int) -> Reply:
    row = courses.get_signup(request.ctx, signup_id=signup_id)
    courses.give_office_seat(request.ctx, signup_id=signup_id)
    text = _("%(name)s har fått en av plassene kontoret holdt av.") % {"name": row.name}
    return Reply.done(to=reverse("courses.seat_policy", args=[row.run_id]), notice=text)


@page("pameldinger/<int:signup_id>/hvorfor/", right=Right.SIGNUP_READ)
def why(request: PageRequest, signup_id: int) -> Reply:
    """Why am I number four? The rule, the numbers and each decision; nobody else's name."""
    found = courses.get_why(request.ctx, signup_id=signup_id)
    policy = courses.get_policy(request.ctx, run_id=found.signup.run_id)
    return Reply.page("courses/why.html", found, rules=rules.sentences(policy), policy=policy)


@page("pameldinger/<int:signup_id>/tilbud/", right=Right.SIGNUP_WITHDRAW, methods=("POST",))
def answer_offer(request: PageRequest, signup_id: int) -> Reply:
    """Yes or no to a seat that is offered."""
    if request.POST.get("answer") == "yes":
        courses.accept_offer(request.ctx, signup_id=signup_id)
        return Reply.done(to=reverse("courses.own_signups"), notice=_("Plassen er din."))
    courses.refuse_offer(request.ctx, signup_id=signup_id)
    return Reply.done(
        to=reverse("courses.own_signups"), notice=_("Takk for svaret. Plassen gikk til den neste i køen.")
    )


@page("pameldinger/<int:signup_id>/flytt/", right=Right.SIGNUP_WITHDRAW)
def move(request: PageRequest, signup_id: int) -> Reply:
    """To another run of the same measure, in one act."""
    row = courses.get_signup(request.ctx, signup_id=signup_id)
    here = courses.get_run(request.ctx, run_id=row.run_id)
    runs = [
        run
        for run in courses.list_runs(request.ctx, measure_id=here.run.measure_id, status=RunStatus.OPEN, upcoming=True)
        if run.id != row.run_id and run.deadline >= request.ctx.today
    ]
    chosen = request.POST.get("run", "")
    if request.method == "POST" and chosen.isdecimal():
        standing = courses.move_signup(request.ctx, signup_id=signup_id, run_id=int(chosen))
        text = {
            SignupStatus.ASKED: _("Påmeldingen er flyttet og venter på godkjenning der."),
            SignupStatus.SEATED: _("Påmeldingen er flyttet, og det er plass."),
            SignupStatus.WAITING: _("Påmeldingen er flyttet. Kurset er fullt, så den står på ventelisten der."),
        }[standing.status]
        return Reply.done(to=reverse("courses.run", args=[int(chosen)]), notice=text)
    return Reply.page("courses/move.html", row, runs=runs)


@page("pameldinger/<int:signup_id>/bytt/", right=Right.SIGNUP_WITHDRAW)
def replace(request: PageRequest, signup_id: int) -> Reply:
    """Somebody else takes over the seat: one of those the actor leads."""
    row = courses.get_signup(request.ctx, signup_id=signup_id)
    free = [who for who in courses.list_candidates(request.ctx, run_id=row.run_id) if who.taken is None]
    chosen = request.POST.get("person", "")
    if request.method == "POST" and chosen in {str(who.employee_id) for who in free}:
        courses.replace_participant(request.ctx, signup_id=signup_id, employee_id=int(chosen))
        return Reply.done(to=reverse("courses.run", args=[row.run_id]), notice=_("Plassen er overtatt."))
    return Reply.page("courses/replace.html", row, free=free)


@page("kurs/uten-dato/", right=Right.RUN_READ)
def without_date(request: PageRequest) -> Reply:
    """Courses in the plan that have no date yet: say that you want one, and be signed up when it has."""
    interests = courses.list_own_interests(request.ctx)
    mine = {row.measure_id: row for row in interests}
    dated = {run.measure_id for run in courses.list_runs(request.ctx, upcoming=True)}
    over = (MeasureStatus.DONE, MeasureStatus.CANCELLED)
    measures = [
        measure
        for measure in plans.list_measures(request.ctx)
        if measure.id not in dated and measure.status not in over and measure.kind is MeasureKind.COURSE
    ]
    employments = organisation.list_own_employments(request.ctx)
    return Reply.page("courses/without_date.html", measures, mine=mine, may=bool(employments))


@page("kurs/uten-dato/<int:measure_id>/", right=Right.RUN_READ, methods=("POST",))
def tell_interest(request: PageRequest, measure_id: int) -> Reply:
    here = reverse("courses.without_date")
    employments = organisation.list_own_employments(request.ctx)
    if not employments:
        raise NotFound()
    try:
        courses.tell_interest(request.ctx, measure_id=measure_id, employee_id=employments[0].id)
    except AlreadyInterested as error:
        return Reply.done(to=here, notice=sentence(error))
    return Reply.done(to=here, notice=_("Vi har skrevet det ned. Du blir meldt på når kurset får en dato."))


@page("interesse/<int:interest_id>/trekk/", right=Right.INTEREST_WITHDRAW, methods=("POST",))
def withdraw_interest(request: PageRequest, interest_id: int) -> Reply:
    courses.withdraw_interest(request.ctx, interest_id=interest_id)
    return Reply.done(to=reverse("courses.without_date"), notice=_("Interessen er trukket."))
