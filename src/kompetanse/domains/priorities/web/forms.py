"""The forms of a round."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.governance.types import CaseRow
from kompetanse.domains.priorities.types import (
    HEAVIEST,
    LONGEST_REASON,
    MOST_POOLS,
    READ,
    Criterion,
    OrderInput,
    PoolChoice,
    RankedPage,
    WeightingRow,
)

from . import words

TOP_HELP = _(
    "Så mange tror dere det blir tid og penger til. Brukes for å vise hvor sikkert det er hvem som kommer med."
)


class OpenForm(forms.Form):
    case = forms.TypedChoiceField(label=_("Sak"), coerce=int)
    top = forms.IntegerField(
        label=_("Hvor mange kan det bli plass til?"), min_value=1, max_value=MOST_POOLS, initial=5, help_text=TOP_HELP
    )

    def __init__(self, *args: object, cases: Iterable[CaseRow], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["case"].choices = [(it.id, f"{it.reference} {it.title}") for it in cases]  # type: ignore[attr-defined]


class PoolsForm(forms.Form):
    pools = forms.TypedMultipleChoiceField(
        label=_("Samlinger som skal veies"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False
    )
    top = forms.IntegerField(
        label=_("Hvor mange kan det bli plass til?"), min_value=1, max_value=MOST_POOLS, help_text=TOP_HELP
    )

    def __init__(self, data: QueryDict | None, *, choices: Iterable[PoolChoice], top: int) -> None:
        told = list(choices)
        super().__init__(data, initial={"pools": [it.id for it in told if it.chosen], "top": top}, auto_id="utvalg_%s")
        self.fields["pools"].choices = [(it.id, it.title) for it in told]  # type: ignore[attr-defined]


class WeightsForm(forms.Form):
    """A weight for each criterion; why, once scoring has started; the version that the writer has before them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, weighting: WeightingRow, under_way: bool) -> None:
        initial = {"version": weighting.version, **{it.value: points for it, points in weighting.weights.items()}}
        super().__init__(data, initial=initial, auto_id="vekt_%s")
        for criterion in Criterion:
            self.fields[criterion.value] = forms.IntegerField(
                label=str(words.CRITERIA[criterion]), min_value=0, max_value=HEAVIEST,
                help_text=_("Leses av samlingen.") if criterion in READ else str(words.QUESTIONS[criterion]),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
        if under_way:
            self.fields["why"] = forms.CharField(
                label=_("Hvorfor endres vektene?"), max_length=LONGEST_REASON, widget=forms.Textarea
            )

    def weights(self) -> dict[Criterion, int]:
        return {criterion: self.cleaned_data[criterion.value] for criterion in Criterion}

    def renew(self, version: int) -> None:
        """After somebody else's change: what was typed stands, and the next try is measured against theirs."""
        self.data = {**self.data, "version": str(version)}


class OrderForm(forms.Form):
    """A number and a reason for each pool; the version of the weights that the writer has before them."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: QueryDict | None, *, page: RankedPage) -> None:
        super().__init__(data, initial={"version": page.weighting.version}, auto_id="plass_%s")
        self.page = page
        for row in page.rows:
            key, told = row.pool.pool_id, {"title": row.pool.title}
            self.fields[f"place-{key}"] = forms.IntegerField(
                label=_("Nummer for «%(title)s»") % told, min_value=1, max_value=MOST_POOLS, initial=row.place,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
            self.fields[f"reason-{key}"] = forms.CharField(
                label=_("Begrunnelse for «%(title)s»") % told, required=False, max_length=LONGEST_REASON,
                initial=row.reason,
            )  # fmt: skip

    def order(self) -> list[OrderInput]:
        """The pools by their numbers; where two have the same, the list is not whole, and the rule says so."""
        places = {row.pool.pool_id: self.cleaned_data[f"place-{row.pool.pool_id}"] for row in self.page.rows}
        if len(set(places.values())) != len(places):
            return []
        return [
            OrderInput(key, self.cleaned_data[f"reason-{key}"]) for key in sorted(places, key=lambda it: places[it])
        ]

    def inputs(self, key: int) -> dict[str, object]:
        """The two inputs of a row, named for those who cannot see which row they stand in."""
        found: dict[str, object] = {}
        for name in ("place", "reason"):
            bound = self[f"{name}-{key}"]
            attrs: dict[str, str | bool] = {"class": "ds-input", "aria-label": str(bound.label)}
            found[name] = bound.as_widget(attrs=attrs | ({"aria-invalid": "true"} if bound.errors else {}))
        return found
