"""What people fill in about plans and measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.governance.types import CaseRow
from kompetanse.domains.plans.queries.words import CAUSES, FORMS, KEYS, KINDS, RISKS, STATUSES
from kompetanse.domains.plans.types import (
    MOST_SEATS,
    TITLE_LENGTH,
    DeliveryForm,
    LinkedGoal,
    LinkedPool,
    MeasureInput,
    MeasureKind,
    MeasureStatus,
    RiskLevel,
)
from kompetanse.domains.plans.types.money import MeasureCost, PartInput, SharingKey, UseInput
from kompetanse.domains.plans.types.reports import DeviationCause
from kompetanse.kernel.money import Money
from kompetanse.ui.fields import MoneyField


class PlanForm(forms.Form):
    year = forms.IntegerField(label=_("År"), min_value=2000, max_value=2100)


class AdoptForm(forms.Form):
    case_id = forms.TypedChoiceField(
        label=_("Saken planen er vedtatt i"), coerce=int, help_text=_("Bare saker som er avgjort, kan velges.")
    )

    def __init__(self, *args: Any, cases: Iterable[CaseRow], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(case.id, f"{case.reference} {case.body_name}: {case.title}") for case in cases]
        self.fields["case_id"].choices = choices  # type: ignore[attr-defined]


SAME = (
    "target_group", "target_group_nn", "owner", "form", "provider", "requirement_code", "funding", "risk", "risk_text",
)  # fmt: skip
# What is asked first; the rest is folded.
FIRST = ("title_nb", "title_nn", "kind", "goal_id", "pool_ids", "target_group", "owner", "quarter", "budget")


class MeasureForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title_nb = forms.CharField(label=_("Tittel på bokmål"), max_length=TITLE_LENGTH)
    title_nn = forms.CharField(label=_("Tittel på nynorsk"), max_length=TITLE_LENGTH, required=False)
    kind = forms.TypedChoiceField(label=_("Slag"), coerce=MeasureKind, choices=list(KINDS.items()))
    goal_id = forms.TypedChoiceField(label=_("Mål"), coerce=int, required=False, empty_value=None)
    pool_ids = forms.TypedMultipleChoiceField(
        label=_("Behov tiltaket svarer på"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Uten et meldt behov vises tiltaket som tilbudsstyrt."),
    )  # fmt: skip
    target_group = forms.CharField(label=_("Målgruppe"), max_length=TITLE_LENGTH, required=False)
    owner = forms.CharField(
        label=_("Ansvarlig enhet eller rolle"), max_length=120, required=False, help_text=_("Ikke navn på personer.")
    )
    quarter = forms.TypedChoiceField(
        label=_("Kvartal"), coerce=int, required=False, empty_value=None,
        choices=[("", _("Hele året")), *((number, f"{number}.") for number in range(1, 5))],
    )  # fmt: skip
    budget = MoneyField(label=_("Budsjett i kroner"), required=False)
    target_group_nn = forms.CharField(label=_("Målgruppe på nynorsk"), max_length=TITLE_LENGTH, required=False)
    form = forms.TypedChoiceField(
        label=_("Form"), coerce=DeliveryForm, choices=list(FORMS.items()), required=False,
        empty_value=DeliveryForm.UNSAID,
    )  # fmt: skip
    provider = forms.CharField(label=_("Leverandør"), max_length=120, required=False)
    seats_planned = forms.IntegerField(label=_("Plasser"), min_value=0, max_value=MOST_SEATS, required=False, initial=0)
    requirement_code = forms.CharField(
        label=_("Krav tiltaket oppfyller"), max_length=40, required=False,
        help_text=_("Koden i kravregisteret, der tiltaket gir en pålagt kompetanse."),
    )  # fmt: skip
    funding = forms.CharField(label=_("Annen finansiering"), max_length=TITLE_LENGTH, required=False)
    funding_ore = MoneyField(
        label=_("Beløp fra andre"), required=False, help_text=_("Trekkes fra før kommunene deler resten.")
    )
    risk = forms.TypedChoiceField(
        label=_("Risiko"), coerce=RiskLevel, choices=list(RISKS.items()), required=False,
        empty_value=RiskLevel.UNSAID,
    )  # fmt: skip
    risk_text = forms.CharField(label=_("Hva kan gå galt"), max_length=400, required=False)

    def __init__(self, *args: Any, goals: Iterable[LinkedGoal], pools: Iterable[LinkedPool], **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = [("", _("Ingen")), *((goal.id, goal.title) for goal in goals)]
        self.fields["goal_id"].choices = chosen  # type: ignore[attr-defined]
        self.fields["pool_ids"].choices = [(pool.id, pool.title) for pool in pools]  # type: ignore[attr-defined]

    def told(self, plan_id: int) -> MeasureInput:
        """What was filled in, as the domain takes it."""
        values = self.cleaned_data
        return MeasureInput(
            plan_id=plan_id,
            title_nb=values["title_nb"],
            title_nn=values["title_nn"],
            kind=values["kind"],
            goal_id=values["goal_id"],
            pool_ids=tuple(values["pool_ids"]),
            budget_ore=(values["budget"] or Money()).ore,
            funding_ore=(values["funding_ore"] or Money()).ore,
            seats_planned=values["seats_planned"] or 0,
            quarter=values["quarter"],
            **{name: values[name] for name in SAME},
        )

    @property
    def first(self) -> list[BoundField]:
        """The few fields that nobody does without."""
        return [self[name] for name in FIRST]

    @property
    def more(self) -> list[BoundField]:
        """The rest, which is folded."""
        return [self[name] for name in self.fields if name not in FIRST and name != "version"]

    @property
    def has_more_errors(self) -> bool:
        return any(bound.errors for bound in self.more)

    def renew(self, version: int) -> None:
        """What was typed stays; the next saving builds on what is saved now."""
        data = MultiValueDict(self.data.lists()) if isinstance(self.data, MultiValueDict) else MultiValueDict()
        data[self.add_prefix("version")] = str(version)
        self.data = data


class StatusForm(forms.Form):
    status = forms.TypedChoiceField(label=_("Status"), coerce=MeasureStatus, choices=list(STATUSES.items()))


class DeviationForm(forms.Form):
    cause = forms.TypedChoiceField(label=_("Årsak"), coerce=DeviationCause, choices=list(CAUSES.items()))
    text = forms.CharField(label=_("Hva går ikke som planlagt"), max_length=400)


class ExceptionForm(forms.Form):
    amount = MoneyField(label=_("Så mye over rammen, i kroner"))
    decision_reference = forms.CharField(
        label=_("Vedtaket som gir unntaket"), max_length=120, required=False, help_text=_("For eksempel RR-sak 12/27.")
    )
    why = forms.CharField(label=_("Begrunnelse"), max_length=400, required=False)


class DropForm(forms.Form):
    why = forms.CharField(label=_("Hvorfor tiltaket bør falle bort"), max_length=400, required=False)


class ShareForm(forms.Form):
    """Who takes part in a measure, and with how many seats."""

    key = forms.TypedChoiceField(
        label=_("Fordelingsnøkkel"), coerce=SharingKey, required=False, empty_value=None,
        choices=[("", _("Som planen")), *KEYS.items()],
    )  # fmt: skip
    fixed = MoneyField(label=_("Fast sum per kommune"), required=False)

    def __init__(self, *args: Any, cost: MeasureCost, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cost = cost
        for line in cost.lines:
            name = {"town": line.municipality}
            self.fields[f"takes_{line.municipality_id}"] = forms.BooleanField(
                label=gettext("%(town)s er med") % name, required=False, initial=line.takes_part
            )
            self.fields[f"seats_{line.municipality_id}"] = forms.IntegerField(
                label=gettext("Plasser for %(town)s") % name, required=False, min_value=0, max_value=MOST_SEATS,
                initial=line.seats,
            )  # fmt: skip

    def parts(self) -> list[PartInput]:
        """What was filled in for each municipality."""
        values = self.cleaned_data
        return [
            PartInput(it.municipality_id, values[f"takes_{it.municipality_id}"], values[f"seats_{it.municipality_id}"])
            for it in self.cost.lines
        ]


class UseForm(forms.Form):
    """What each municipality has committed to and spent."""

    def __init__(self, *args: Any, cost: MeasureCost, **options: Any) -> None:
        super().__init__(*args, **options)
        self.cost = cost
        for line in cost.lines:
            name = {"town": line.municipality}
            self.fields[f"committed_{line.municipality_id}"] = MoneyField(
                label=gettext("Bundet av %(town)s") % name, required=False, initial=Money(line.committed_ore)
            )
            self.fields[f"spent_{line.municipality_id}"] = MoneyField(
                label=gettext("Brukt av %(town)s") % name, required=False, initial=Money(line.spent_ore)
            )

    def uses(self) -> list[UseInput]:
        """What was filled in for each municipality."""
        found = []
        for line in self.cost.lines:
            committed, spent = (
                (self.cleaned_data[f"{name}_{line.municipality_id}"] or Money()).ore for name in ("committed", "spent")
            )
            found.append(UseInput(line.municipality_id, committed, spent))
        return found
