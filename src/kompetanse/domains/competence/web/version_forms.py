"""What people fill in about versions of requirements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from kompetanse.domains.competence.queries.words import source_name, verified_name
from kompetanse.domains.competence.rules.status import Anchor
from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.rules.versions import LAW, read_lines, read_ways, write_lines, write_ways
from kompetanse.domains.competence.types import (
    RequirementInput,
    Scope,
    SourceType,
    TargetInput,
    Verified,
    VersionInput,
)
from kompetanse.ui.fields import DayField
from kompetanse.ui.formats import MONTHS, language

from .version_words import anchor_name, scope_name

LINES = {
    "positions": TargetKind.POSITION,
    "sectors": TargetKind.SECTOR,
    "units": TargetKind.UNIT,
    "roles": TargetKind.ROLE,
}
LINE_LENGTH = 120
# The cards of the form: (title, fields).
GROUPS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (lazy("Navn"), ("tenant_id", "code", "name_nb", "name_nn")),
    (
        lazy("Hva det bygger på"),
        ("valid_from", "source_type", "reference", "verified", "verified_on", "responsible"),
    ),
    (
        lazy("Hvem det gjelder"),
        ("applies_to", "scope", "least", "everyone", "leaders", "leaders_at", "positions", "sectors", "units", "roles"),
    ),
    (
        lazy("Hvor ofte, og fra når"),
        (
            "interval_months", "anchor", "fixed_day", "fixed_month", "early_window_months", "grace_days",
            "credit_months",
        ),
    ),
    (
        lazy("Andre veier, og når det mangler"),
        ("alternatives", "dispensation_months", "consequence_nb", "consequence_nn", "note"),
    ),
)  # fmt: skip


def lines(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, help_text=help_text, max_length=4000, widget=forms.Textarea(attrs={"rows": 3})
    )


class VersionForm(forms.Form):
    """All that a version says. What the rules refuse becomes a sentence by its field."""

    valid_from = DayField(label=lazy("Gjelder fra"), help_text=lazy("Kan være fram i tid."))
    source_type = forms.ChoiceField(label=lazy("Bygger på"))
    reference = forms.CharField(
        label=lazy("Henvisning"), max_length=200, help_text=lazy("Paragraf, kapittel eller dokument.")
    )
    verified = forms.ChoiceField(label=lazy("Kontroll mot kilden"))
    verified_on = DayField(label=lazy("Kontrollert dato"), required=False)
    responsible = forms.CharField(label=lazy("Ansvarlig for oppføringen"), max_length=120, required=False)
    applies_to = forms.CharField(label=lazy("Gjelder, med egne ord"), max_length=200)
    scope = forms.ChoiceField(label=lazy("Stilles til"))
    least = forms.IntegerField(
        label=lazy("Minst hvor mange"), required=False, help_text=lazy("Når kravet stilles til arbeidslaget.")
    )
    everyone = forms.BooleanField(label=lazy("Alle ansatte"), required=False)
    leaders = forms.BooleanField(label=lazy("Alle som leder andre"), required=False)
    leaders_at = lines(
        lazy("Bare noen ledere: ord i enhetens navn"), lazy("Ett på hver linje, for eksempel «barnehage».")
    )
    positions = lines(
        lazy("Stillinger"),
        lazy("Én på hver linje. Bare ved noen enheter: «Lærer | skole» gjelder der «skole» står i enhetens navn."),
    )
    sectors = lines(lazy("Sektorer"), lazy("Én på hver linje."))
    units = lines(lazy("Ord i enhetens navn"), lazy("Ett på hver linje, for eksempel «barnehage»."))
    roles = lines(lazy("Verv og oppgaver"), lazy("Ett på hver linje, for eksempel «Verneombud»."))
    interval_months = forms.IntegerField(
        label=lazy("Fornyes hver … måned"), required=False, help_text=lazy("La stå tomt hvis det ikke fornyes.")
    )
    anchor = forms.ChoiceField(label=lazy("Fristen regnes fra"), required=False)
    fixed_day = forms.IntegerField(label=lazy("Fast dag i måneden"), required=False)
    fixed_month = forms.TypedChoiceField(label=lazy("Fast måned"), required=False, coerce=int, empty_value=None)
    early_window_months = forms.IntegerField(
        label=lazy("Kan fornyes tidlig (måneder)"),
        required=False,
        help_text=lazy("Fornyes det så kort tid før fristen, regnes den nye perioden fra den gamle fristen."),
    )
    grace_days = forms.IntegerField(label=lazy("Slingringsmonn etter fristen (dager)"), required=False)
    credit_months = forms.IntegerField(
        label=lazy("Hvor gammelt bevis teller ved ansettelse (måneder)"),
        required=False,
        help_text=lazy("La stå tomt hvis alderen ikke spiller noen rolle."),
    )
    alternatives = lines(
        lazy("Kan også oppfylles med"),
        lazy("Én vei på hver linje, med kodene til kravene: «HLR + FSE:30» er HLR sammen med 30 poeng i FSE."),
    )
    dispensation_months = forms.IntegerField(label=lazy("Lengste dispensasjon (måneder)"), required=False)
    consequence_nb = forms.CharField(label=lazy("Hvis det mangler"), max_length=300, required=False)
    consequence_nn = forms.CharField(label=lazy("Hvis det mangler (nynorsk)"), max_length=300, required=False)
    note = forms.CharField(label=lazy("Merknad"), max_length=300, required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, own: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        sources = [one for one in SourceType if not (own and one in LAW)]
        self._choose("source_type", ((one.value, source_name(one, Verified.SEEN)) for one in sources))
        self._choose("verified", ((one.value, verified_name(one)) for one in Verified))
        self._choose("scope", ((one.value, scope_name(one)) for one in Scope))
        self._choose("anchor", [("", _("Fornyes ikke")), *((one.value, anchor_name(one)) for one in Anchor)])
        self._choose("fixed_month", [("", _("Ingen")), *enumerate(MONTHS[language()], 1)])

    def _choose(self, field: str, choices: Iterable[tuple[Any, str]]) -> None:
        self.fields[field].choices = list(choices)  # type: ignore[attr-defined]

    def clean(self) -> None:
        for name in (*LINES, "leaders_at"):
            for line in str(self.cleaned_data.get(name, "")).splitlines():
                if any(len(part.strip()) > LINE_LENGTH for part in line.split("|")):
                    self.add_error(name, _("En av linjene er for lang. Skriv høyst 120 tegn på hver linje."))
                    break

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields by card, in order."""
        cards = [(title, [self[name] for name in names if name in self.fields]) for title, names in GROUPS]
        return [(title, fields) for title, fields in cards if fields]

    def told(self) -> VersionInput:
        """What was filled in. Raises AlternativeIsUnclear."""
        data = self.cleaned_data
        targets = [line for name, kind in LINES.items() for line in read_lines(kind, data[name])]
        targets = [
            *(
                TargetInput(TargetKind.LEADER, "", line.value)
                for line in read_lines(TargetKind.LEADER, data["leaders_at"])
            ),
            *targets,
        ]
        if data["leaders"]:
            targets.insert(0, TargetInput(TargetKind.LEADER))
        if data["everyone"]:
            targets.insert(0, TargetInput(TargetKind.EVERYONE))
        as_they_are = (
            "valid_from", "reference", "verified_on", "responsible", "applies_to", "interval_months", "anchor",
            "fixed_day", "fixed_month", "early_window_months", "credit_months", "dispensation_months",
            "consequence_nb", "consequence_nn", "note", "seen",
        )  # fmt: skip
        return VersionInput(
            source_type=SourceType(data["source_type"]), scope=Scope(data["scope"]),
            verified=Verified(data["verified"]), grace_days=data["grace_days"] or 0,
            least=1 if data["least"] is None else data["least"], targets=tuple(targets),
            alternatives=read_ways(data["alternatives"]), **{name: data[name] for name in as_they_are},
        )  # fmt: skip


class RequirementForm(VersionForm):
    """A new requirement with its first version. A municipality's own says whose."""

    code = forms.CharField(
        label=lazy("Kode"), max_length=30, help_text=lazy("Kort og fast, for eksempel «HLR». Kan ikke endres senere.")
    )
    name_nb = forms.CharField(label=lazy("Navn på bokmål"), max_length=200)
    name_nn = forms.CharField(label=lazy("Navn på nynorsk"), max_length=200, required=False)
    tenant_id = forms.TypedChoiceField(label=lazy("Kommune"), coerce=int)

    def __init__(self, *args: Any, municipalities: Iterable[tuple[int, str]] | None = None, **options: Any) -> None:
        super().__init__(*args, own=municipalities is not None, **options)
        if municipalities is None:
            del self.fields["tenant_id"]
        else:
            self._choose("tenant_id", municipalities)

    def named(self) -> RequirementInput:
        data = self.cleaned_data
        return RequirementInput(data["code"], data["name_nb"], data["name_nn"], data.get("tenant_id"))


def initial_of(says: VersionInput) -> dict[str, Any]:
    """The form as a version would have filled it in."""
    found: dict[str, Any] = {
        name: getattr(says, name)
        for name in VersionForm.base_fields
        if hasattr(says, name) and name not in ("seen", "alternatives")
    }
    # Everybody in some units is the same as those units.
    targets = [
        TargetInput(TargetKind.UNIT, line.within) if line.kind == TargetKind.EVERYONE and line.within else line
        for line in says.targets
    ]
    leaders = [line.within for line in targets if line.kind == TargetKind.LEADER]
    found |= {name: write_lines(targets, kind) for name, kind in LINES.items()}
    found |= {
        "everyone": any(line.kind == TargetKind.EVERYONE for line in targets),
        "leaders": "" in leaders,
        "leaders_at": "\n".join(word for word in leaders if word),
        "alternatives": write_ways(says.alternatives),
    }
    return found


class WhyForm(forms.Form):
    why = forms.CharField(label=lazy("Hvorfor?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class EquivalenceForm(forms.Form):
    by = forms.ChoiceField(label=lazy("Bevis for dette kravet skal også telle"))
    valid_from = DayField(label=lazy("Fra"))
    valid_to = DayField(
        label=lazy("Siste dag"), required=False, help_text=lazy("La stå tomt hvis det ikke er bestemt.")
    )

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["by"].choices = [("", _("Velg")), *others]  # type: ignore[attr-defined]


class LastDayForm(forms.Form):
    valid_to = DayField(label=lazy("Siste dag"))


class LocalRuleForm(forms.Form):
    tenant_id = forms.TypedChoiceField(label=lazy("Kommune"), coerce=int)
    interval_months = forms.IntegerField(label=lazy("Fornyes hver … måned her"))
    why = forms.CharField(label=lazy("Hvorfor?"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    valid_from = DayField(label=lazy("Fra"))
    valid_to = DayField(
        label=lazy("Siste dag"), required=False, help_text=lazy("La stå tomt hvis det ikke er bestemt.")
    )

    def __init__(self, *args: Any, municipalities: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tenant_id"].choices = list(municipalities)  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    tenant_id = forms.TypedChoiceField(label=lazy("Kommune"), coerce=int)
    answer = forms.ChoiceField(label=lazy("Svar"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=lazy("Hvorfor?"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("Må fylles ut når kommunen beholder den gamle regelen."),
    )  # fmt: skip

    def __init__(self, *args: Any, municipalities: Iterable[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tenant_id"].choices = list(municipalities)  # type: ignore[attr-defined]
        self.fields["answer"].choices = [  # type: ignore[attr-defined]
            ("yes", _("Vi følger den nye versjonen")),
            ("no", _("Vi beholder regelen som gjaldt før")),
        ]
