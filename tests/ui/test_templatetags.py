"""The parts pages are built of: right words, right ties between label, help and error, nothing inline."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from kompetanse.kernel.money import Money
from kompetanse.kernel.periods import Period
from kompetanse.ui import examples, formats
from kompetanse.ui.fields import DayField, MoneyField


def render(source: str, **values: Any) -> str:
    return engines["django"].from_string(source).render(values)


def plain(text: str) -> str:
    return re.sub(r"<[^>]+>", "", text).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture(autouse=True)
def _bokmaal() -> Any:
    with translation.override("nb"):
        yield


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Money(1_250_000), "12 500 kr"),
        (1_250_050, "12 500,50 kr"),
        (0, "0 kr"),
        (-100_005, "−1 000,05 kr"),
        (None, "–"),
    ],
)
def test_kroner(value: Any, written: str) -> None:
    assert plain(render("{{ value|kroner }}", value=value)) == written


def test_amounts_never_break_over_a_line() -> None:
    assert " " not in formats.kroner(1_250_000)


def test_numbers_and_shares() -> None:
    assert plain(render("{{ 1234567|number }} {{ 3.46|number:1 }}")) == "1 234 567 3,5"
    assert plain(render("{{ 0.874|percent }} {{ 0.874|percent:1 }}")) == "87 % 87,4 %"
    assert formats.number(-0.4) == "0"
    with translation.override("en"):
        assert formats.number(3.46, 1) == "3.5"


@pytest.mark.parametrize(
    ("language", "style", "written"),
    [
        ("nb", "long", "3. mars 2027"),
        ("nb", "weekday", "onsdag 3. mars 2027"),
        ("nn", "weekday", "onsdag 3. mars 2027"),
        ("nb", "short", "03.03.2027"),
        ("nb", "month", "mars 2027"),
        ("nb", "bare", "3. mars"),
        ("en", "long", "3 March 2027"),
        ("en", "weekday", "Wednesday 3 March 2027"),
    ],
)
def test_days(language: str, style: str, written: str) -> None:
    with translation.override(language):
        html = render("{{ value|day:style }}", value=date(2027, 3, 3), style=style)
    assert plain(html) == written
    assert 'datetime="2027-03-03"' in html


def test_weekdays_in_nynorsk() -> None:
    with translation.override("nn"):
        days = [formats.day(date(2027, 3, 1 + n), "weekday").split()[0] for n in range(7)]
    assert days == ["måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "sundag"]


def test_a_moment_is_told_in_local_time() -> None:
    assert plain(formats.moment(datetime(2027, 5, 20, 22, 30, tzinfo=UTC))) == "21. mai 2027 kl. 00.30"


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        (date(2027, 3, 3), date(2027, 3, 6), "3.–5. mars 2027"),
        (date(2027, 3, 3), date(2027, 3, 4), "3. mars 2027"),
        (date(2027, 3, 31), date(2027, 4, 3), "31. mars – 2. april 2027"),
        (date(2027, 1, 1), date(2028, 1, 1), "1. januar – 31. desember 2027"),
        (date(2026, 12, 31), date(2027, 1, 2), "31. desember 2026 – 1. januar 2027"),
        (date(2027, 5, 1), None, "fra 1. mai 2027"),
        (None, date(2027, 5, 1), "til og med 30. april 2027"),
        (None, None, "uten tidsgrense"),
    ],
)
def test_periods_name_their_last_day(start: date | None, end: date | None, written: str) -> None:
    assert plain(render("{{ value|period }}", value=Period(start, end))) == written


def test_a_status_has_text_shape_and_colour() -> None:
    shapes = set()
    for kind in ("ok", "warn", "bad", "info", "neutral"):
        html = render("{% status kind 'Utløper' %}", kind=kind)
        assert f'data-kind="{kind}"' in html
        assert plain(html) == "Utløper"
        shapes.add(re.search(r"#([\w-]+)", html)[1])  # type: ignore[index]
    assert len(shapes) == 5


def test_texts_are_escaped() -> None:
    for source in (
        "{% status 'ok' it %}",
        "{% tile it it url=it note=it %}",
        "{% button it it %}",
        "{% nothing it it url=it label=it %}",
        "{% progress 1 2 it it %}",
        "{% card it %}{{ it }}{% endcard %}",
        "{% table it note=it %}{{ it }}{% endtable %}",
        "{% heading it lead=it kicker=it %}{% endheading %}",
        "{% confirm it it action=it %}{% endconfirm %}",
        "{% nav_links items %}",
        "{% thread steps %}",
    ):
        html = render(source, it="<b>", items=[{"label": "<b>", "url": "<b>"}], steps=[{"kind": "<b>", "what": "<b>"}])
        assert "<b>" not in html, source
        assert "&lt;b&gt;" in html, source


class Form(forms.Form):
    name = forms.CharField(label="Navn", help_text="Fullt navn.")
    kind = forms.ChoiceField(label="Slag", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    note = forms.CharField(label="Merknad", required=False, widget=forms.Textarea)
    agree = forms.BooleanField(label="Ja", required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("Noe henger ikke sammen.")


def test_a_field_ties_label_help_and_error_to_its_input() -> None:
    html = render("{% field form.name %}", form=Form({}))
    assert '<label class="ds-label" for="id_name">Navn' in html
    assert "(må fylles ut)" in html
    assert 'id="id_name_help">Fullt navn.' in html
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.count("aria-invalid") == 1


def test_an_untouched_field_is_not_wrong() -> None:
    html = render("{% fields form %}", form=Form())
    assert "aria-invalid" not in html
    assert "(må fylles ut)" not in render("{% field form.note %}", form=Form())


def test_choices_are_a_group_and_keep_what_was_chosen() -> None:
    html = render("{% field form.kind %}", form=Form({"kind": "b"}))
    assert "<legend" in html
    assert re.search(r'value="b" id="id_kind_1" checked', html)
    assert not re.search(r'value="a"[^>]* checked', html)


def test_hidden_fields_are_only_their_input() -> None:
    assert render("{% field form.secret %}", form=Form()).strip() == (
        '<input type="hidden" name="secret" id="id_secret">'
    )


def test_the_error_summary_links_to_each_field() -> None:
    html = render("{% errors form %}", form=Form({}))
    assert "3 ting må rettes" in html
    assert "Noe henger ikke sammen." in html
    assert 'href="#id_name"' in html
    assert 'href="#id_kind_0"' in html
    assert render("{% errors form %}", form=Form()).strip() == ""


def test_the_thread_breaks_where_something_is_missing() -> None:
    steps = [
        {"kind": "A", "what": "a", "icon": "target"},
        {"kind": "B", "what": "b", "icon": "star", "state": "here"},
        {"kind": "C", "what": "c", "icon": "star", "state": "gap"},
        {"kind": "D", "what": "d", "icon": "star", "state": "ahead"},
    ]
    html = render("{% thread steps %}", steps=steps)
    items = re.findall(r"<li([^>]*)>", html)
    assert ["data-line" in item for item in items] == [False, True, True, False]
    assert 'aria-current="step"' in items[1]
    assert "mangler" in html
    assert "ikke ennå" in html


def test_a_table_has_a_caption_that_names_it() -> None:
    html = render("{% table 'Folk' %}<tbody></tbody>{% endtable %}")
    name = re.search(r'<caption id="([^"]+)"', html)[1]  # type: ignore[index]
    assert f'aria-labelledby="{name}"' in html
    assert "data-stack" in html
    assert "data-stack" not in render("{% table 'Folk' stack=False %}{% endtable %}")


def test_a_confirmation_carries_the_token() -> None:
    html = render(
        "{% confirm 'Slette?' 'Slett' kind='bad' back='/' %}<p>Borte.</p>{% endconfirm %}", csrf_token="hemmelig"
    )
    assert 'name="csrfmiddlewaretoken" value="hemmelig"' in html
    assert 'data-color="danger"' in html


@pytest.mark.parametrize("typed", ["12500,50", "12 500,50", "kr 12 500,50", "12500.5"])
def test_amounts_are_read_as_people_write_them(typed: str) -> None:
    assert MoneyField().clean(typed) == Money(1_250_050)


@pytest.mark.parametrize("typed", ["mye", "1,234", "-5", "1e400", "NaN"])
def test_what_is_no_amount_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(forms.ValidationError) as caught:
        MoneyField().clean(typed)
    assert caught.value.messages[0].endswith(".")


@pytest.mark.parametrize("typed", ["2027-03-03", "3.3.2027", "03.03.27"])
def test_days_are_read_as_people_write_them(typed: str) -> None:
    assert DayField().clean(typed) == date(2027, 3, 3)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_of_examples_shows_everything_and_nothing_inline(language: str) -> None:
    with translation.override(language):
        html = render_to_string("ui/examples.html", {**examples.context(), "LANGUAGE_CODE": language})
    assert f'<html lang="{language}">' in html
    assert not re.search(r"<[^>]+ (style|on\w+)=", html)
    assert "<style" not in html
    assert not re.search(r"<script(?![^>]+src=)", html)
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for label in re.findall(r'<label[^>]* for="([^"]+)"', html):
        assert label in ids


@pytest.mark.parametrize("status", [403, 404, 422, 500])
def test_an_error_page_says_what_to_do_and_needs_no_request(status: int) -> None:
    html = render_to_string("ui/error.html", {"status": status, "text": "Slik er det.", "LANGUAGE_CODE": "nb"})
    assert "Slik er det." in html
    advice = re.search(r'<ul class="ds-list">(.*?)</ul>', html, re.DOTALL)
    assert advice
    assert "<li>" in advice[1]
    assert 'href="/"' in html
    assert str(status) in html
