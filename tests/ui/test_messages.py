"""Texts are found in Python and in templates, and faults in translations are named."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tools import messages


def found(tmp_path: Path, name: str, source: str) -> list[tuple[object, str | None]]:
    path = tmp_path / name
    path.write_text(source, encoding="utf-8")
    return list(messages.texts_in(path))


def test_texts_in_python(tmp_path: Path) -> None:
    source = """
title = _("Behov")
later = gettext_lazy("Et langt "
    "navn")
marked = N_("Fristen gikk ut i går.")
many = ngettext("%(n)s sak", "%(n)s saker", n)
said = pgettext("måned", "mai")
not_this = other("Nei")
"""
    assert found(tmp_path, "a.py", source) == [
        ("Behov", None),
        ("Et langt navn", None),
        ("Fristen gikk ut i går.", None),
        (("%(n)s sak", "%(n)s saker"), None),
        ("mai", "måned"),
    ]


def test_texts_in_templates(tmp_path: Path) -> None:
    source = """{% extends "ui/base.html" %}
      <p title='{% translate "Søk \\"i\\" alt" %}'>it's odd   indentation
  {% button _("Meld et behov") url %} {{ x|default:_("Ingen") }} 87 %
{% blocktranslate trimmed count n=n with name=row.name %}
   {{ name }} har
   {{ n }} sak
{% plural %}{{ name }} har {{ n }} saker{% endblocktranslate %}
{% translate "mai" context "måned" %}"""
    texts = found(tmp_path, "a.html", source)
    assert ("Meld et behov", None) in texts
    assert ("Ingen", None) in texts
    assert (("%(name)s har %(n)s sak", "%(name)s har %(n)s saker"), None) in texts
    assert ("mai", "måned") in texts
    assert len(texts) == 5


@pytest.mark.parametrize(
    ("ident", "string", "fault"),
    [
        ("Behov", "Behov", ""),
        ("Behov", "", "untranslated"),
        ("%(n)s saker", "%(n)s saker", ""),
        ("%(n)s saker", "%(m)s saker", "other placeholders"),
        ("Fra {day}", "Frå", "other placeholders"),
        ("100 %% sikkert", "100 %% sikkert", ""),
        (("%(n)s sak", "%(n)s saker"), ("Éi sak", "%(n)s saker"), ""),
        (("%(n)s sak", "%(n)s saker"), ("%(n)s sak", "saker"), "other placeholders"),
        (("%(n)s sak", "%(n)s saker"), ("", ""), "untranslated"),
    ],
)
def test_faults_in_translations_are_named(ident: str, string: str, fault: str) -> None:
    assert messages.fault_in(Message(ident, string)) == fault


def test_a_fuzzy_translation_is_not_a_translation() -> None:
    assert messages.fault_in(Message("Behov", "Behov", flags=["fuzzy"])) == "fuzzy"
