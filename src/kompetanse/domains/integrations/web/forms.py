"""What a person fills in to bring a file in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kompetanse.domains.integrations.rules.report import KIND_NAMES
from kompetanse.domains.integrations.types import RunPage


class UploadForm(forms.Form):
    """A file, whose it is, and what it is."""

    municipality = forms.TypedChoiceField(label=gettext_lazy("Kommune"), coerce=int)
    kind = forms.ChoiceField(
        label=gettext_lazy("Hva filen inneholder"),
        required=False,
        help_text=gettext_lazy("La det stå på «Finn det ut av innholdet» hvis du er usikker."),
    )
    file = forms.FileField(
        label=gettext_lazy("Fil"),
        help_text=gettext_lazy(
            "CSV eller Excel (.xlsx), slik den kommer fra lønns- eller HR-systemet. Du får se hva som vil skje før "
            "noe blir endret."
        ),
        error_messages={
            "empty": gettext_lazy("Filen er tom. Eksporter den på nytt og prøv igjen."),
            "required": gettext_lazy("Velg en fil."),
        },
    )

    def __init__(self, *args: Any, places: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        municipality, kind = self.fields["municipality"], self.fields["kind"]
        assert isinstance(municipality, forms.TypedChoiceField)
        assert isinstance(kind, forms.ChoiceField)
        municipality.choices = [("", _("Velg kommune")), *places] if len(places) > 1 else places
        kind.choices = [("", _("Finn det ut av innholdet")), *((key, _(name)) for key, name in KIND_NAMES.items())]


class MappingForm(forms.Form):
    """Which column holds what. The fields are those of the file's kind, the choices its headers."""

    remember = forms.BooleanField(
        label=gettext_lazy("Husk dette til neste gang kommunen sender en slik fil"), required=False, initial=True
    )

    def __init__(self, *args: Any, told: RunPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = [column.field for column in told.columns]
        choices = [("", _("Ikke i filen")), *((header, header) for header in told.headers)]
        remember = self.fields.pop("remember")
        for column in told.columns:
            self.fields[column.field] = forms.ChoiceField(
                label=_(column.label), choices=choices, required=False, initial=column.header
            )
        self.fields["remember"] = remember

    def clean(self) -> dict[str, Any]:
        """A column can hold one thing."""
        values: dict[str, Any] = super().clean() or self.cleaned_data
        taken: dict[str, str] = {}
        for name in self._names:
            header = values.get(name)
            if header and header in taken:
                self.add_error(name, _("Kolonnen «%(header)s» er valgt to ganger.") % {"header": header})
            taken[header or ""] = name
        return values

    def mapping(self) -> dict[str, str]:
        """{field: header}, empty where the field is not in the file."""
        return {name: self.cleaned_data[name] for name in self._names}

    @property
    def rows(self) -> list[str]:
        return self._names
