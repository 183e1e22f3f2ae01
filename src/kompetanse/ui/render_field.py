"""One Django form field as Designsystemet writes it: label, help, error, input, tied together for all readers."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend; `where` is the id of its input, empty when it is about the whole form."""

    where: str
    label: str
    text: str


def found(form: forms.BaseForm) -> list[Fault]:
    """Every error of a bound form, the form's own first."""
    faults = [Fault("", "", str(text)) for text in form.non_field_errors()]
    for bound in form:
        faults.extend(Fault(_target(bound), str(bound.label), str(text)) for text in bound.errors)
    return faults


def render(bound: BoundField) -> SafeString:
    """The field as HTML. Hidden fields are only their input."""
    widget = bound.field.widget
    if bound.is_hidden:
        return bound.as_widget()
    if isinstance(widget, forms.CheckboxInput):
        return _checkbox(bound)
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return _choices(bound)
    attrs: dict[str, str | bool] = {"class": "ds-input", **_described(bound)}
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":  # Django's own size
        attrs["rows"] = "4"
    return format_html(
        '<div class="ds-field"><label class="ds-label" for="{}">{}{}</label>{}{}{}</div>',
        bound.id_for_label,
        bound.label,
        _needed(bound),
        _help(bound),
        bound.as_widget(attrs=attrs),
        _errors(bound),
    )


def _checkbox(bound: BoundField) -> SafeString:
    return format_html(
        '<div class="ds-field">{}<label class="ds-label" for="{}">{}</label>{}{}</div>',
        bound.as_widget(attrs={"class": "ds-input", **_described(bound)}),
        bound.id_for_label,
        bound.label,
        _help(bound),
        _errors(bound),
    )


def _choices(bound: BoundField) -> SafeString:
    described = _described(bound)
    options = []
    for choice in bound.subwidgets:
        data = choice.data
        ident = data["attrs"].get("id", f"{bound.auto_id}_{data['index']}")
        options.append(
            (
                data["type"],
                data["name"],
                "" if data["value"] is None else data["value"],
                ident,
                mark_safe(" checked") if data["selected"] else "",
                mark_safe(' aria-invalid="true"') if bound.errors else "",
                data["label"],
            )
        )
    return format_html(
        '<fieldset class="ds-fieldset" id="{}"{}><legend class="ds-label">{}{}</legend>{}'
        '<div class="choices">{}</div>{}</fieldset>',
        bound.auto_id,
        format_html(' aria-describedby="{}"', described["aria-describedby"]) if "aria-describedby" in described else "",
        bound.label,
        _needed(bound),
        _help(bound),
        format_html_join(
            "",
            '<div class="ds-field"><input class="ds-input" type="{0}" name="{1}" value="{2}" id="{3}"{4}{5}>'
            '<label class="ds-label" for="{3}">{6}</label></div>',
            options,
        ),
        _errors(bound),
    )


def _described(bound: BoundField) -> dict[str, str | bool]:
    names = [f"{bound.auto_id}_help"] if bound.help_text else []
    names += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(names)} if names else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def _needed(bound: BoundField) -> SafeString:
    return (
        format_html(' <span class="needed">({})</span>', _("må fylles ut")) if bound.field.required else mark_safe("")
    )


def _help(bound: BoundField) -> SafeString:
    if not bound.help_text:
        return mark_safe("")
    return format_html('<p data-field="description" id="{}_help">{}</p>', bound.auto_id, bound.help_text)


def _errors(bound: BoundField) -> SafeString:
    if not bound.errors:
        return mark_safe("")
    return format_html(
        '<p class="ds-validation-message" data-color="danger" id="{}_error">{}</p>',
        bound.auto_id,
        " ".join(str(text) for text in bound.errors),
    )


def _target(bound: BoundField) -> str:
    if isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label
