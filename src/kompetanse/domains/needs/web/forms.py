"""What is typed about needs and pools."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from kompetanse.domains.needs.types import (
    LEAST_PEOPLE,
    LONGEST_FIELD,
    LONGEST_REASON,
    LONGEST_TITLE,
    MOST_PEOPLE,
    Cause,
    NeedKind,
    PlaceRow,
    PoolOutcome,
    PoolRow,
    PoolStatus,
    RankingPage,
    RankInput,
    Stage,
    WantedForm,
)
from kompetanse.ui.fields import DayField

from . import words

PEOPLE_ERROR = _("Skriv et tall fra 1 til 10 000, eller la feltet stå tomt hvis dere ikke vet det.")
YES_NO = [("", _("Vet ikke")), ("yes", _("Ja")), ("no", _("Nei"))]
_SAID = {"yes": True, "no": False}


class NeedForm(forms.Form):
    """Three fields first; the rest may be left as it is."""

    place = forms.ChoiceField(label=_("Hvem gjelder det?"))
    title = forms.CharField(
        label=_("Hva trenger dere å kunne?"),
        help_text=_("Med egne ord, for eksempel «Legemiddelhåndtering for nyansatte»."),
        error_messages={"required": _("Skriv hva dere trenger å kunne, for eksempel «Legemiddelhåndtering».")},
    )
    people = forms.IntegerField(
        label=_("Hvor mange gjelder det?"),
        required=False,
        min_value=LEAST_PEOPLE,
        max_value=MOST_PEOPLE,
        help_text=_("Antall, ikke navn. La stå tomt hvis dere ikke vet."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": PEOPLE_ERROR, "max_value": PEOPLE_ERROR, "invalid": PEOPLE_ERROR},
    )
    reason = forms.CharField(
        label=_("Hvorfor?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    target_group = forms.CharField(label=_("Målgruppe"), max_length=LONGEST_FIELD, required=False)
    cause = forms.ChoiceField(
        label=_("Hva er grunnen?"), required=False, choices=[("", _("Les det av begrunnelsen")), *words.CAUSES_ASKED]
    )
    kind = forms.ChoiceField(
        label=_("Hvordan kan det løses?"), required=False, choices=[("", _("Vet ikke")), *words.KINDS.items()]
    )
    statutory = forms.ChoiceField(label=_("Er det lovpålagt?"), required=False, choices=YES_NO)
    regional = forms.ChoiceField(label=_("Kan det løses sammen med andre kommuner?"), required=False, choices=YES_NO)
    wanted_form = forms.ChoiceField(label=_("Ønsket form"), required=False, choices=list(words.FORMS.items()))
    own_measures = forms.CharField(
        label=_("Hva har dere gjort selv?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    wanted_time = forms.CharField(label=_("Ønsket tidspunkt"), max_length=LONGEST_FIELD, required=False)
    wanted_place = forms.CharField(label=_("Ønsket sted"), max_length=LONGEST_FIELD, required=False)
    priority = forms.TypedChoiceField(
        label=_("Hvor mye haster det?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Ikke satt")), (1, _("1 – haster")), (2, _("2 – viktig")), (3, _("3 – kan vente"))],
    )
    goal = forms.TypedChoiceField(label=_("Mål det tjener"), required=False, coerce=int, empty_value=None)
    requirement = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: object,
        places: Iterable[PlaceRow] = (),
        goals: Iterable[tuple[int, str]] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        deepest = "\u2003"  # an em space for each level below the top: a tree within a plain select
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (it.key, deepest * max(it.depth - 1, 0) + it.label) for it in places
        ]
        self.fields["goal"].choices = [("", _("Ikke valgt")), *goals]  # type: ignore[attr-defined]

    def clean_kind(self) -> NeedKind | None:
        kind = self.cleaned_data["kind"]
        return NeedKind(kind) if kind else None

    def clean_cause(self) -> Cause | None:
        cause = self.cleaned_data["cause"]
        return Cause(cause) if cause else None

    def clean_wanted_form(self) -> WantedForm:
        return WantedForm(self.cleaned_data["wanted_form"])

    def clean_statutory(self) -> bool | None:
        return _SAID.get(self.cleaned_data["statutory"])

    def clean_regional(self) -> bool | None:
        return _SAID.get(self.cleaned_data["regional"])


class NeedFilterForm(forms.Form):
    q = forms.CharField(label=_("Søk"), required=False, max_length=LONGEST_TITLE)
    stage = forms.ChoiceField(
        label=_("Hva ble det til"),
        required=False,
        choices=[
            ("", _("Alt")),
            *((stage.value, label) for stage, (_kind, label) in words.STAGES.items() if stage is not Stage.REPORTED),
        ],
    )
    kind = forms.ChoiceField(label=_("Løsning"), required=False, choices=[("", _("Alle")), *words.KINDS_SHORT.items()])
    mine = forms.ChoiceField(label=_("Meldt av"), required=False, choices=[("", _("Alle")), ("1", _("Meg"))])


class WithdrawForm(forms.Form):
    why = forms.CharField(label=_("Hvorfor trekkes det?"), required=False, max_length=LONGEST_REASON)


class TellAgainForm(forms.Form):
    """What was sent back, put right."""

    title = forms.CharField(
        label=_("Hva trenger dere å kunne?"),
        error_messages={"required": _("Skriv hva dere trenger å kunne, for eksempel «Legemiddelhåndtering».")},
    )
    people = forms.IntegerField(
        label=_("Hvor mange gjelder det?"),
        required=False,
        min_value=LEAST_PEOPLE,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"min_value": PEOPLE_ERROR, "max_value": PEOPLE_ERROR, "invalid": PEOPLE_ERROR},
    )
    reason = forms.CharField(label=_("Hvorfor?"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    answer = forms.CharField(label=_("Svar til den som sendte det tilbake"), required=False)


class OpenRoundForm(forms.Form):
    tenant = forms.TypedChoiceField(label=_("Kommune"), coerce=int)
    title = forms.CharField(label=_("Navn på runden"), required=False, help_text=_("For eksempel «Behov for 2028»."))
    deadline = DayField(label=_("Frist for enhetene"))

    def __init__(self, *args: object, places: Iterable[tuple[int, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["tenant"].choices = list(places)  # type: ignore[attr-defined]


class WeighForm(forms.Form):
    """What to do with the needs that are ticked. Choices are checked where the rules are."""

    why = forms.CharField(
        label=_("Kommentar"),
        required=False,
        help_text=_("Må fylles ut når noe sendes tilbake. Den som meldte, leser det."),
    )
    title = forms.CharField(
        label=_("Navn når like behov slås sammen"), required=False, help_text=_("La stå tomt for å bruke det første.")
    )


class ApproveForm(forms.Form):
    seen = forms.CharField(widget=forms.HiddenInput)
    leave_out = forms.BooleanField(
        label=_("Ta ikke med dem som ikke er sendt videre. De blir trukket, og den som meldte får beskjed her."),
        required=False,
    )


class DelegateForm(forms.Form):
    delegate = forms.TypedChoiceField(label=_("Hvem godkjenner?"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, people: Iterable[tuple[int, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["delegate"].choices = [("", _("Kommunedirektøren selv")), *people]  # type: ignore[attr-defined]


class PoolFilterForm(forms.Form):
    q = forms.CharField(label=_("Søk"), required=False, max_length=LONGEST_TITLE)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Alle")), *((it.value, label) for it, (_kind, label) in words.POOLS.items())],
    )
    sort = forms.ChoiceField(
        label=_("Sorter etter"),
        required=False,
        choices=[
            ("", _("Flest kommuner")),
            ("people", _("Flest folk")),
            ("statutory", _("Lovpålagte først")),
            ("unsure", _("Mest usikre først")),
            ("title", _("Navn")),
        ],
    )

    def chosen_status(self) -> PoolStatus | None:
        status = self.cleaned_data.get("status") if self.is_valid() else ""
        return PoolStatus(status) if status else None


class ArrangeForm(forms.Form):
    """What to do with the shares that are ticked. Choices are checked where the rules are."""

    title = forms.CharField(
        label=_("Navn på den nye samlingen"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=_("La stå tomt for å bruke ordene i behovet."),
    )
    target = forms.TypedChoiceField(label=_("Samling"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: object, pools: Iterable[PoolRow] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg samling")), *((pool.id, pool.title) for pool in pools)
        ]  # fmt: skip


class RankingForm(forms.Form):
    """A place, an outcome and a reason for each pool; a pool without an outcome is left out."""

    def __init__(self, *args: object, page: RankingPage, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.page = page
        for line in page.lines:
            key, title = line.pool.id, line.pool.title
            self.fields[f"rank-{key}"] = forms.IntegerField(
                label=_("Nummer for «%(title)s»") % {"title": title},
                required=False, min_value=1, max_value=9999, initial=line.rank,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip
            self.fields[f"outcome-{key}"] = forms.ChoiceField(
                label=_("Utfall for «%(title)s»") % {"title": title},
                required=False, choices=[("", _("Ikke behandlet")), *words.OUTCOMES.items()],
                initial=line.outcome or "",
            )  # fmt: skip
            self.fields[f"reason-{key}"] = forms.CharField(
                label=_("Begrunnelse for «%(title)s»") % {"title": title},
                required=False, max_length=LONGEST_REASON, initial=line.reason,
            )  # fmt: skip

    def ranking(self) -> list[RankInput]:
        """What is chosen. A place without an outcome means prioritised: one thing less to fill in."""
        lines = []
        for line in self.page.lines:
            key = line.pool.id
            rank, outcome = self.cleaned_data[f"rank-{key}"], self.cleaned_data[f"outcome-{key}"]
            if not outcome and rank is None:
                continue
            chosen = PoolOutcome(outcome) if outcome else PoolOutcome.PRIORITISED
            lines.append(RankInput(key, rank, chosen, self.cleaned_data[f"reason-{key}"]))
        return lines

    @property
    def rows(self) -> list[dict[str, object]]:
        """Each pool with its three inputs, named for those who cannot see which row they stand in."""
        rows: list[dict[str, object]] = []
        for line in self.page.lines:
            fields = {name: self[f"{name}-{line.pool.id}"] for name in ("rank", "outcome", "reason")}
            rows.append(
                {
                    "pool": line.pool,
                    "people": words.count(line.pool.told),
                    "line": line,
                    "said": words.OUTCOMES[line.outcome] if line.outcome else "",
                    **{name: bound.as_widget(attrs=_named(bound)) for name, bound in fields.items()},
                }
            )
        return rows


def _named(bound: BoundField) -> dict[str, str | bool]:
    attrs: dict[str, str | bool] = {"class": "ds-input", "aria-label": str(bound.label)}
    return attrs | ({"aria-invalid": "true"} if bound.errors else {})
