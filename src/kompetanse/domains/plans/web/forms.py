"""What people fill in about plans and measures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.governance.types import CaseRow
from kompetanse.domains.plans.types import (
    MOST_SEATS,
    TITLE_LENGTH,
    LinkedGoal,
    LinkedPool,
    MeasureInput,
    MeasureKind,
    MeasureStatus,
)
from kompetanse.domains.plans.words import KINDS, STATUSES
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
    seats_planned = forms.IntegerField(label=_("Plasser"), min_value=0, max_value=MOST_SEATS, required=False, initial=0)
    quarter = forms.TypedChoiceField(
        label=_("Kvartal"), coerce=int, required=False, empty_value=None,
        choices=[("", _("Hele året")), *((number, f"{number}.") for number in range(1, 5))],
    )  # fmt: skip
    budget = MoneyField(label=_("Budsjett i kroner"), required=False)
    requirement_code = forms.CharField(
        label=_("Krav tiltaket oppfyller"), max_length=40, required=False,
        help_text=_("Koden i kravregisteret, der tiltaket gir en pålagt kompetanse."),
    )  # fmt: skip

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
            target_group=values["target_group"],
            budget_ore=(values["budget"] or Money()).ore,
            seats_planned=values["seats_planned"] or 0,
            quarter=values["quarter"],
            requirement_code=values["requirement_code"],
        )

    def renew(self, version: int) -> None:
        """What was typed stays; the next saving builds on what is saved now."""
        data = MultiValueDict(self.data.lists()) if isinstance(self.data, MultiValueDict) else MultiValueDict()
        data[self.add_prefix("version")] = str(version)
        self.data = data


class StatusForm(forms.Form):
    status = forms.TypedChoiceField(label=_("Status"), coerce=MeasureStatus, choices=list(STATUSES.items()))
