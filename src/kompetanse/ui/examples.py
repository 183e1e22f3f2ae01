"""Everything the pages are built of, on one page with texts like the real ones: the accessibility test bed.

`context()` is all that `ui/examples.html` needs; nothing here asks a database or a clock.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms

from kompetanse.kernel.money import Money
from kompetanse.kernel.periods import Period

from . import charts
from .fields import DayField, MoneyField
from .formats import kroner
from .matrix import MatrixCell, MatrixRow, matrix

TODAY = date(2027, 3, 8)


class ExampleForm(forms.Form):
    title = forms.CharField(label="Hva trenger dere?", help_text="Skriv det med egne ord, gjerne kort.", max_length=80)
    kind = forms.ChoiceField(
        label="Hvordan skal det løses?",
        choices=[("mobilise", "Bruke dem vi har"), ("learn", "Lære opp"), ("recruit", "Rekruttere")],
        widget=forms.RadioSelect,
    )
    groups = forms.MultipleChoiceField(
        label="Hvem gjelder det?",
        choices=[("a", "Helsefagarbeidere"), ("b", "Sykepleiere"), ("c", "Assistenter")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    unit = forms.ChoiceField(label="Enhet", choices=[("", "Velg enhet"), ("1", "Hjemmetjenesten sør")])
    people = forms.IntegerField(label="Hvor mange?", min_value=1)
    before = DayField(label="Når må det være på plass?", required=False)
    cost = MoneyField(label="Anslått kostnad", help_text="I kroner. La stå tomt om du ikke vet.", required=False)
    reason = forms.CharField(label="Hvorfor?", widget=forms.Textarea, required=False)
    file = forms.FileField(label="Vedlegg", help_text="PDF eller bilde, høyst 5 MB.", required=False)
    agree = forms.BooleanField(label="Jeg har snakket med lederen min om dette", required=False)


class ExampleFilter(forms.Form):
    q = forms.CharField(label="Ord", required=False)
    place = forms.ChoiceField(label="Kommune", choices=[("", "Alle"), ("3303", "Kongsberg")], required=False)
    state = forms.ChoiceField(label="Tilstand", choices=[("", "Alle"), ("due", "Utløper snart")], required=False)


def frame() -> dict[str, Any]:
    """What stands around the page."""
    return {
        "LANGUAGE_CODE": "nb",
        "place": "Kongsbergregionen",
        "demo": "Dette er en demo. Menneskene finnes ikke, og alt kan prøves.",
        "person": {
            "name": "Anne Lie",
            "title": "Avdelingsleder, Kongsberg",
            "links": [
                {"label": "Min side", "url": "/meg/", "icon": "person"},
                {"label": "Bytt person", "url": "/demo/", "icon": "people"},
                {"label": "Logg ut", "url": "/logg-ut/", "icon": "leave", "post": True},
            ],
        },
        "nav": [
            {"label": "Forside", "url": "/", "icon": "house", "current": True},
            {"label": "Mine folk", "url": "/folk/", "icon": "people"},
            {"label": "Krav og bevis", "url": "/krav/", "icon": "certificate"},
            {"label": "Behov", "url": "/behov/", "icon": "lightbulb", "count": 3},
            {"label": "Forum", "url": "/forum/", "icon": "gavel"},
            {"label": "Plan", "url": "/plan/", "icon": "tasklist"},
            {"label": "Kurs", "url": "/kurs/", "icon": "school"},
            {"label": "Resultater", "url": "/resultater/", "icon": "chart"},
            {"label": "Tråden", "url": "/traad/", "icon": "thread"},
        ],
        "crumbs": [
            {"label": "Forside", "url": "/"},
            {"label": "Hjelp", "url": "/hjelp/"},
            {"label": "Eksempler", "url": ""},
        ],
        "notices": [
            {"level": "ok", "text": "Behovet er meldt. Kontaktpersonen ser det nå."},
            {"level": "warn", "text": "To påmeldinger venter på deg."},
        ],
    }


def context() -> dict[str, Any]:
    """Frame and content of the page of examples."""
    return {
        **frame(),
        "form": ExampleForm({"people": "0", "title": "", "before": "i morgen"}),
        "filter": ExampleFilter({}),
        "steps": [
            {"kind": "Mål", "what": "Trygg legemiddelhåndtering", "icon": "target", "url": "#1"},
            {"kind": "Behov", "what": "18 mangler fornyet kurs", "icon": "lightbulb", "url": "#2"},
            {"kind": "Samling", "what": "Fire kommuner, 61 plasser", "icon": "layers", "url": "#3"},
            {"kind": "Vedtak", "what": "Sak 012/27", "icon": "gavel", "url": "#4", "note": "Vedtatt 4. mars 2027"},
            {"kind": "Tiltak", "what": "Kurs i legemidler, vår", "icon": "tasklist", "url": "#5", "state": "here"},
            {"kind": "Bestilling", "what": "Ingen har bestilt plasser", "icon": "order", "state": "gap"},
            {"kind": "Kurs", "what": "20. mai, Kongsberg", "icon": "calendar", "state": "ahead"},
            {"kind": "Effekt", "what": "Måles høsten 2027", "icon": "trend", "state": "ahead"},
        ],
        "tabs": [
            {"label": "Alle", "url": "?", "current": True, "count": 42},
            {"label": "Venter på deg", "url": "?a", "count": 3},
            {"label": "Avsluttet", "url": "?b"},
        ],
        "people": [
            ("Ali Berg", "Helsefagarbeider", date(2027, 4, 1), 2, ("warn", "Utløper snart")),
            ("Bjørg Åsen", "Sykepleier", date(2029, 1, 31), 0, ("ok", "Alt i orden")),
            ("Åse Østby", "Assistent", None, 4, ("bad", "Mangler")),
            ("Émile Njård", "Vernepleier", date(2027, 9, 15), 1, ("info", "Påmeldt")),
            ("Siv Moen", "Renholder", None, 0, ("neutral", "Ikke kartlagt")),
        ],
        "facts": [
            ("Sted", "Kongsberg rådhus, møterom Sølvet"),
            ("Kursholder", "Marit Dahl"),
            ("Pris", kroner(Money.kroner(12_500))),
            ("Merknad", ""),
        ],
        "amount": Money(1_250_050),
        "budget": 418_000_00,
        "when": Period(date(2027, 5, 20), date(2027, 5, 23)),
        "moment": datetime(2027, 5, 20, 7, 0, tzinfo=UTC),
        "today": TODAY,
        "bars": charts.bars(
            "Dekning etter krav",
            [
                charts.Bar("Legemiddelhåndtering", 0.87, 1.0, "#bars"),
                charts.Bar("Brannvern", 0.64, 0.9),
                charts.Bar("Arbeidsvarsling, kurs 1", 0.93, 0.9),
            ],
            description="Andel ansatte som har det de må ha, i prosent.",
            show=lambda share: f"{share * 100:.0f} %",
        ),
        "stacked": charts.stacked(
            "Behov etter kommune",
            ["Bruke dem vi har", "Lære opp", "Rekruttere"],
            [
                charts.Stack("Kongsberg", (12, 61, 9), "#stacked"),
                charts.Stack("Notodden", (4, 33, 6)),
                charts.Stack("Flesberg", (2, 11, 0)),
            ],
        ),
        "trend": charts.trend(
            "Deltakere per måned",
            ["jan.", "feb.", "mars", "april", "mai", "juni"],
            [charts.Line("2027", (40, 62, 58, 91, None, 120)), charts.Line("2026", (35, 41, 60, 66, 70, 88))],
            aim=100,
        ),
        "wheel": charts.wheel(
            "Årshjulet 2027",
            2027,
            [
                charts.Happening(date(2027, 1, 20), "Behov meldes inn", 1, "#wheel"),
                charts.Happening(date(2027, 3, 4), "Forumet prioriterer", 2),
                charts.Happening(date(2027, 5, 20), "Kurs i legemidler", 3),
                charts.Happening(date(2027, 8, 15), "Kartlegging starter", 1),
                charts.Happening(date(2027, 10, 7), "Forumet vedtar planen", 2),
                charts.Happening(date(2027, 11, 3), "Kurs i arbeidsvarsling", 3),
            ],
            rings=["Frister", "Møter", "Kurs"],
            today=TODAY,
        ),
        "matrix": matrix(
            "Krav og enheter",
            "Enhet",
            ["Legemidler", "Brannvern", "Arbeidsvarsling", "Livredning"],
            [
                MatrixRow(
                    "Hjemmetjenesten sør",
                    (
                        MatrixCell("18/21", "warn", "tre mangler", "#m"),
                        MatrixCell("21/21", "ok", "alle har"),
                        MatrixCell("–"),
                        MatrixCell("–"),
                    ),
                    "#row",
                ),
                MatrixRow(
                    "Tekniske tjenester",
                    (
                        MatrixCell("–"),
                        MatrixCell("9/14", "bad", "fem mangler", "#m2"),
                        MatrixCell("12/14", "warn", "to mangler", "#m3"),
                        MatrixCell("4/4", "ok", "alle har"),
                    ),
                ),
            ],
            note="De som har, av dem som må ha",
        ),
    }
