"""Terms: said before anybody acts, made and chosen by the office, and what they have led to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.courses import api as courses
from kompetanse.domains.courses.api import Right
from kompetanse.domains.courses.types.terms import (
    LONGEST_NAME,
    MOST_TIERS,
    Act,
    Consequence,
    RunTerms,
    TermsHaveChanged,
    TermsInput,
    TermsRow,
    Tier,
    TiersAreImpossible,
    WaiveGround,
)
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.money import Money
from kompetanse.ui import sheets
from kompetanse.ui.fields import MoneyField
from kompetanse.ui.formats import day, kroner
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

ACTS = {
    Act.WITHDRAW: lazy("Meldt av sent"),
    Act.STAY_AWAY: lazy("Kom ikke"),
    Act.BE_REPLACED: lazy("Byttet ut"),
}


@dataclass(frozen=True, slots=True)
class ShownTerms:
    """What a page says of a run's terms before somebody signs up; `mark` names exactly these."""

    mark: str
    fee: Money
    name: str
    sentences: tuple[str, ...]
    page: RunTerms

    @property
    def any(self) -> bool:
        return bool(self.sentences or self.fee.ore)


def say(it: Consequence) -> str:
    """The sentence of a consequence in the reader's written form."""
    values = {
        key: kroner(value) if isinstance(value, Money) else day(value) if isinstance(value, date) else value
        for key, value in it.values.items()
    }
    text = _(it.sentence)
    return text % values if values else text


def said(found: Iterable[Consequence]) -> list[str]:
    return [say(it) for it in found]


def shown(ctx: Context, run_id: int) -> ShownTerms:
    """What is said before signing up, and to the office what it can choose."""
    found = courses.get_run_terms(ctx, run_id=run_id)
    name = found.terms.name if found.terms else ""
    return ShownTerms(found.mark, Money(found.fee_ore), name, tuple(said(found.said)), found)


def require_seen(request: PageRequest, run_id: int) -> None:
    """The page that was signed up from said what holds now. Raises TermsHaveChanged."""
    mark = request.POST.get("terms")
    if mark is not None and mark != courses.get_run_terms(request.ctx, run_id=run_id).mark:
        raise TermsHaveChanged()


class TermsForm(forms.Form):
    """A set of terms. One tier a line in the form of the help text: what people write in letters anyway."""

    name = forms.CharField(label=lazy("Navn"), max_length=LONGEST_NAME)
    tiers = forms.CharField(
        label=lazy("Trinn"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=lazy(
            "Ett trinn på hver linje: færre enn så mange dager før start; prosent av prisen; minst så mange kroner. "
            "For eksempel «14; 50; 500». Skriv «alltid; 20; 500» for det som gjelder fra påmeldingen."
        ),
    )  # fmt: skip
    stay_away_percent = forms.IntegerField(
        label=lazy("Den som ikke kommer, betaler minst så mange prosent av prisen"), min_value=0, max_value=100,
        initial=100,
    )  # fmt: skip
    stay_away = MoneyField(label=lazy("Og i tillegg, kroner"), required=False)
    replacing_is_free = forms.BooleanField(
        label=lazy("En annen kan ta plassen uten kostnad"), required=False, initial=True
    )  # fmt: skip
    documented_days = forms.IntegerField(
        label=lazy("Dokumentert fravær fritar når det er levert innen så mange dager"), required=False, min_value=0,
        max_value=365, help_text=lazy("Tomt felt: det fritar ikke."),
    )  # fmt: skip
    decide_days = forms.IntegerField(
        label=lazy("Det bestemmes så mange dager før start om kurset holdes"), required=False, min_value=0,
        max_value=365,
    )  # fmt: skip
    moved_days = forms.IntegerField(
        label=lazy("Flyttes kurset, er det gratis å melde seg av i så mange dager"), min_value=0, max_value=365,
        initial=14,
    )  # fmt: skip

    def as_input(self) -> TermsInput:
        """Raises TiersAreImpossible."""
        told = self.cleaned_data
        return TermsInput(
            told["name"], tuple(_tier(line) for line in told["tiers"].splitlines() if line.strip()),
            told["stay_away_percent"], told["stay_away"].ore if told["stay_away"] else 0, told["replacing_is_free"],
            told["documented_days"], told["decide_days"], told["moved_days"],
        )  # fmt: skip


def _tier(line: str) -> Tier:
    parts = [part.strip().lower().rstrip("%").removesuffix("kr").strip() for part in line.split(";")]
    parts += ["0"] * (3 - len(parts))
    days, percent, least = parts[:3]
    always = days in ("alltid", "always")
    if len(parts) > 3 or not all(_short(part) for part in (percent, least)) or not (always or _short(days)):
        raise TiersAreImpossible()
    return Tier(None if always else int(days), int(percent), int(least) * 100)


def _short(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 7


def tier_words(row: TermsRow) -> list[str]:
    """The tiers as people read them."""
    found = []
    for tier in row.told.tiers:
        least = _(", minst %(least)s") % {"least": kroner(Money(tier.minimum_ore))} if tier.minimum_ore else ""
        values = {"days": tier.below_days, "percent": tier.percent, "least": least}
        text = (
            _("fra påmeldingen: %(percent)s %% av prisen%(least)s")
            if tier.below_days is None
            else _("færre enn %(days)s dager før start: %(percent)s %% av prisen%(least)s")
        )
        found.append(text % values)
    return found


@page("kurs/vilkar/", right=Right.TERMS_MANAGE)
def terms_list(request: PageRequest) -> Reply:
    """The region's terms in their latest versions; the office makes new ones, or the next version by the same name."""
    form = TermsForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        region = organisation.find_region_of(request.ctx.tenants, request.ctx.today)
        with catching(form, DomainError):
            region_id = region.tenant_id if region else 0
            courses.make_terms(request.ctx, region_id=region_id, terms=form.as_input())
            return Reply.done(
                reverse("courses.terms_list"), _("Vilkårene er lagret. Velg dem på kursene de skal gjelde for.")
            )
    rows = [(row, tier_words(row)) for row in courses.list_terms(request.ctx)]
    return Reply.page("courses/terms_list.html", rows, form=form, most=MOST_TIERS)


class ChooseForm(forms.Form):
    terms = forms.TypedChoiceField(label=lazy("Vilkår"), coerce=int, required=False, empty_value=None)
    fee = MoneyField(label=lazy("Pris per plass, kroner"), required=False)

    def __init__(self, data: object, found: RunTerms) -> None:
        initial = {"terms": found.terms.id if found.terms else "", "fee": Money(found.fee_ore)}
        super().__init__(data, initial=initial)  # type: ignore[arg-type]
        field = self.fields["terms"]
        assert isinstance(field, forms.TypedChoiceField)
        kept = [found.terms] if found.terms and found.terms.id not in {row.id for row in found.choices} else []
        field.choices = [("", _("Ingen vilkår: det koster ikke noe å melde seg av")), *(
            (row.id, _("%(name)s, utgave %(version)s") % {"name": row.name, "version": row.version})
            for row in (*kept, *found.choices)
        )]  # fmt: skip


class DecideForm(forms.Form):
    reason = forms.CharField(
        label=lazy("Hvorfor kurset holdes med færre enn det laveste antallet"), max_length=500, required=False
    )


@page("kurs/<int:run_id>/vilkar/", right=Right.RUN_MANAGE)
def run_terms(request: PageRequest, run_id: int) -> Reply:
    """The office chooses a run's terms and price, and decides whether it is held."""
    found = courses.get_run_terms(request.ctx, run_id=run_id, choosing=True)
    act = request.POST.get("act", "")
    choose = ChooseForm(request.POST if act == "choose" else None, found)
    decide = DecideForm(request.POST if act == "decide" else None)
    here = reverse("courses.run_terms", args=[run_id])
    if choose.is_bound and choose.is_valid():
        fee = choose.cleaned_data["fee"]
        with catching(choose, DomainError):
            courses.choose_terms(
                request.ctx, run_id=run_id, terms_id=choose.cleaned_data["terms"], fee_ore=fee.ore if fee else 0
            )
            return Reply.done(here, _("Lagret. De som alt er påmeldt, beholder vilkårene de meldte seg på med."))
    if decide.is_bound and decide.is_valid():
        with catching(decide, DomainError):
            courses.decide_go(request.ctx, run_id=run_id, reason=decide.cleaned_data["reason"])
            return Reply.done(here, _("Det er bestemt at kurset holdes."))
    status = 422 if choose.errors or decide.errors else 200
    words = tier_words(found.terms) if found.terms else []
    return Reply.page(
        "courses/run_terms.html", found, status=status, choose=choose, decide=decide, words=words,
        said=said(found.said), fee=Money(found.fee_ore),
    )  # fmt: skip


class WaiveForm(forms.Form):
    charge = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    ground = forms.TypedChoiceField(
        label=lazy("Hvorfor"), coerce=WaiveGround,
        choices=[
            (WaiveGround.DOCUMENTED.value, lazy("Fraværet er dokumentert")),
            (WaiveGround.OTHER.value, lazy("En annen grunn"))
        ],
    )  # fmt: skip
    reason = forms.CharField(
        label=lazy("Grunnen, når den er en annen"), required=False, max_length=300,
        help_text=lazy("Skriv ikke noe om helse."),
    )  # fmt: skip


@page("krav-om-betaling/", right=Right.CHARGE_READ)
def charges(request: PageRequest) -> Reply:
    """What late withdrawals and empty seats have cost; the office lets a charge fall away here."""
    number = request.GET.get("kurs", "")
    run_id = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
    found = courses.list_charges(request.ctx, run_id=run_id)
    file = sheets.export(
        request.GET.get("format", ""), "krav",
        [_("Kurs"), _("Navn"), _("Kommune"), _("Hva"), _("Kroner"), _("Status")],
        [
            (row.run_title, row.name, row.municipality, str(ACTS[row.act]), kroner(Money(row.amount_ore)),
             _("Gjelder") if row.stands else _("Frafalt"))
            for row in found
        ],
    )  # fmt: skip
    if file:
        return file
    form = WaiveForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        with catching(form, DomainError):
            courses.waive_charge(request.ctx, charge_id=told["charge"], ground=told["ground"], reason=told["reason"])
            return Reply.done(reverse("courses.charges"), _("Kravet er frafalt."))
    rows = [
        (row, str(ACTS[row.act]), WaiveForm(initial={"charge": row.id}, auto_id=f"frafall-{row.id}-%s"))
        for row in found
    ]  # fmt: skip
    standing = Money(sum(row.amount_ore for row in found if row.stands))
    return Reply.page("courses/charges.html", rows, form=form, standing=standing)
