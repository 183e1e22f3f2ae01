"""What templates are built of. A builtin library: no `{% load %}`. Usage with examples: docs/reference/ui.md.

Lists of parts may be objects or dicts; only the names matter.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kompetanse.kernel.money import Money
from kompetanse.kernel.periods import Period
from kompetanse.kernel.suppression import Shown
from kompetanse.ui import formats, icons, render_field
from kompetanse.ui.charts import Chart
from kompetanse.ui.matrix import Matrix

register = template.Library()

EMPTY = "–"


@register.filter
def kroner(value: Money | int | None) -> str:
    return EMPTY if value is None else formats.kroner(value)


@register.filter
def count(told: Shown | int | None) -> str:
    """A count of people, as it may be told."""
    return EMPTY if told is None else formats.count(told)


@register.filter
def number(value: float | Decimal | None, decimals: int = 0) -> str:
    return EMPTY if value is None else formats.number(value, decimals)


@register.filter
def percent(value: float | Decimal | None, decimals: int = 0) -> str:
    return EMPTY if value is None else formats.percent(value, decimals)


@register.filter
def day(value: date | None, style: str = "long") -> SafeString:
    """A <time>; named `day` because Django's own templates need their own `date`."""
    if value is None:
        return SafeString(EMPTY)
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", formats.day(value, style))


@register.filter
def moment(value: datetime | None, style: str = "long") -> SafeString:
    if value is None:
        return SafeString(EMPTY)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), formats.moment(value, style))


@register.filter
def period(value: Period | None) -> str:
    return EMPTY if value is None else formats.period(value)


@register.filter
def is_code(value: object, wanted: str) -> str:
    """`true` or `false` for an aria attribute."""
    return "true" if value == wanted else "false"


@register.filter
def alert_color(level: str) -> str:
    """A notice's level in Designsystemet's words."""
    return {"ok": "success", "warn": "warning", "bad": "danger", "error": "danger", "debug": "info"}.get(level, level)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    return icons.icon(name, str(label))


@register.simple_tag
def status(kind: str, text: object) -> SafeString:
    """Text + shape + colour. kind: ok, warn, bad, info, neutral."""
    sign = icons.icon(icons.STATUS_ICONS.get(kind, "minus"))
    return format_html('<span class="status" data-kind="{}">{}{}</span>', kind, sign, text)


@register.simple_tag
def button(label: object, url: str, icon: str = "", variant: str = "primary", color: str = "accent") -> SafeString:
    """A link that looks like a button. variant: primary, secondary, tertiary."""
    sign = icons.icon(icon) if icon else ""
    return format_html(
        '<a class="ds-button" data-variant="{}" data-color="{}" href="{}">{}{}</a>',
        variant,
        color,
        url,
        sign,
        label,
    )


@register.simple_tag
def submit(
    label: object, icon: str = "", variant: str = "primary", color: str = "accent", name: str = "", value: str = ""
) -> SafeString:
    """The button that sends the form it stands in."""
    sign = icons.icon(icon) if icon else ""
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    return format_html(
        '<button class="ds-button" type="submit" data-variant="{}" data-color="{}"{}>{}{}</button>',
        variant,
        color,
        named,
        sign,
        label,
    )


@register.simple_tag
def tile(value: object, label: object, url: str = "", note: object = "", kind: str = "") -> SafeString:
    """A figure with its word; the whole tile opens the rows behind it. With kind, the note is a status."""
    text = format_html('<a href="{}">{}</a>', url, label) if url else format_html("<span>{}</span>", label)
    if note:
        note = status(kind, note) if kind else format_html('<span class="soft">{}</span>', note)
        note = format_html('<span class="note">{}</span>', note)
    return format_html('<div class="tile"><strong>{}</strong>{}{}</div>', value, text, note or "")


@register.simple_tag
def progress(value: float, top: float, label: object, text: object = "") -> SafeString:
    """How far: a bar with its label and its figure in words."""
    said = text or f"{formats.number(value)} {_('av')} {formats.number(top)}"
    return format_html(
        '<label class="progress"><span><span>{}</span><span class="num">{}</span></span>'
        '<progress value="{}" max="{}">{}</progress></label>',
        label,
        said,
        f"{value:g}",
        f"{max(top, 1):g}",
        said,
    )


@register.simple_tag
def nothing(title: object, text: object = "", url: str = "", label: object = "", icon: str = "inbox") -> SafeString:
    """An empty list, and what to do next."""
    return format_html(
        '<div class="nothing">{}<strong>{}</strong>{}{}</div>',
        icons.icon(icon),
        title,
        format_html('<p class="soft">{}</p>', text) if text else "",
        button(label, url, variant="secondary") if url else "",
    )


@register.simple_tag
def facts(items: Iterable[tuple[object, object]]) -> SafeString:
    """Pairs of term and value."""
    pairs = ((term, EMPTY if value in (None, "") else value) for term, value in items)
    return format_html('<dl class="facts">{}</dl>', format_html_join("", "<dt>{}</dt><dd>{}</dd>", pairs))


@register.simple_tag
def nav_links(items: Iterable[Any] | None) -> SafeString:
    """The navigation's list, made once and placed twice (side and menu). Neighbours with one heading stand under it."""
    groups = itertools.groupby(items or (), key=lambda item: _get(item, "heading") or "")
    under = '<li><span class="group">{0}</span><ul class="bare" aria-label="{0}">{1}</ul></li>'
    parts = (format_html(under, heading, _links(found)) if heading else _links(found) for heading, found in groups)
    return format_html('<ul class="bare nav">{}</ul>', format_html_join("", "{}", ((part,) for part in parts)))


def _links(items: Iterable[Any]) -> SafeString:
    lines = (
        (
            _get(item, "url"),
            mark_safe(' aria-current="page"') if _get(item, "current") else "",
            icons.icon(_get(item, "icon") or "chevron-right"),
            _get(item, "label"),
            format_html('<span class="count">{}</span>', count) if (count := _get(item, "count")) else "",
        )
        for item in items
    )
    return format_html_join("", '<li><a href="{}"{}>{}<span>{}</span>{}</a></li>', lines)


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: Iterable[Any], label: object = "") -> dict[str, Any]:
    """Links that look like tabs: label, url, current and perhaps count."""
    return {"items": items, "label": label or _("Deler av siden")}


@register.inclusion_tag("ui/parts/pager.html")
def pager(text: object = "", previous: str = "", next: str = "") -> dict[str, Any]:  # noqa: A002 - reads well
    return {"text": text, "previous": previous, "next": next}


@register.inclusion_tag("ui/parts/exports.html")
def exports(query: str = "", printing: bool = True) -> dict[str, Any]:
    """Links to the same list as xlsx and csv; `query` is the list's own filters without `?`."""
    return {"query": f"{query}&" if query else "", "printing": printing}


@register.inclusion_tag("ui/parts/thread.html")
def thread(steps: Sequence[Any], across: bool = False) -> dict[str, Any]:
    """The path: each step has kind, what, icon and perhaps url, note and state (done, here, ahead, gap)."""
    states = [_get(step, "state") or "done" for step in steps]
    lines = [_line(a, b) for a, b in zip(states, [*states[1:], ""], strict=True)]
    return {"steps": list(zip(steps, states, lines, strict=True)), "across": across}


@register.inclusion_tag("ui/parts/chart.html")
def chart(it: Chart, open: bool = False) -> dict[str, Any]:  # noqa: A002 - the word in HTML
    return {"chart": it, "open": open, "id": f"chart-{slugify(it.title) or 'x'}"}


@register.simple_tag
def matrix(it: Matrix) -> SafeString:
    return format_html('<div class="table-wrap" tabindex="0" role="group" aria-label="{}">{}</div>', it.title, it.table)


@register.inclusion_tag("ui/parts/errors.html")
def errors(form: forms.BaseForm) -> dict[str, Any]:
    """Everything that is wrong with the form, with links to the fields. Nothing when nothing is wrong."""
    return {"found": render_field.found(form) if form.is_bound else []}


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field: label, help, error and input."""
    return render_field.render(bound)


@register.simple_tag
def fields(form: forms.BaseForm) -> SafeString:
    """All the form's fields in order."""
    return format_html_join("", "{}", ((render_field.render(bound),) for bound in form))


@register.simple_block_tag
def heading(content: str, title: object, lead: object = "", kicker: object = "") -> SafeString:
    """The page's h1 with lead text; the content is its actions."""
    return format_html(
        '<div class="heading"><div>{}<h1>{}</h1>{}</div>{}</div>',
        format_html('<p class="kicker">{}</p>', kicker) if kicker else "",
        title,
        format_html('<p class="lead">{}</p>', lead) if lead else "",
        format_html('<div class="row">{}</div>', content) if content.strip() else "",
    )


@register.simple_block_tag
def card(
    content: str,
    title: object = "",
    icon: str = "",
    url: str = "",
    more: object = "",
    level: int = 2,
    tone: str = "",
    id: str = "",  # noqa: A002 - the word in HTML
) -> SafeString:
    """A surface with a heading; `url` and `more` make a link beside it. tone: gold, tinted."""
    head: str = ""
    if title:
        link = format_html('<a href="{}">{}</a>', url, more or _("Se alle")) if url else ""
        sign = icons.icon(icon) if icon else ""
        head = format_html("<header><h{0}>{1}{2}</h{0}>{3}</header>", level, sign, title, link)
    return format_html(
        '<section class="card" data-tone="{}"{}>{}{}</section>',
        tone,
        format_html(' id="{}"', id) if id else "",
        head,
        content,
    )


@register.simple_block_tag
def notice(content: str, level: str = "info", title: object = "") -> SafeString:
    """A message on the page. level: info, success, warning, danger."""
    head = format_html("<h2>{}</h2>", title) if title else ""
    return format_html('<div class="ds-alert notice" data-color="{}">{}{}</div>', level, head, content)


@register.simple_block_tag
def table(
    content: str,
    caption: object,
    note: object = "",
    stack: bool = True,
    hidden: bool = False,
    id: str = "",  # noqa: A002 - the word in HTML
) -> SafeString:
    """A table with caption. Narrow screens get a card for each row (cells need data-label); stack=False scrolls."""
    name = id or f"t-{slugify(str(caption)) or 'x'}"
    return format_html(
        '<div class="table-wrap" role="group" aria-labelledby="{0}"{1}><table class="ds-table"{2}>'
        '<caption id="{0}"{3}>{4}{5}</caption>{6}</table></div>',
        name,
        "" if stack else mark_safe(' tabindex="0"'),
        mark_safe(" data-stack") if stack else "",
        mark_safe(' class="ds-sr-only"') if hidden else "",
        caption,
        format_html(" <small>{}</small>", note) if note else "",
        content,
    )


@register.simple_block_tag
def filters(content: str, label: object = "", auto: bool = True) -> SafeString:
    """A GET form over a list. With JavaScript it answers as soon as something is chosen."""
    return format_html(
        '<form class="filters" method="get" role="search" aria-label="{}"{}>{}{}</form>',
        label or _("Avgrens listen"),
        mark_safe(" data-autosubmit") if auto else "",
        content,
        submit(_("Vis"), icon="filter", variant="secondary"),
    )


@register.simple_block_tag(takes_context=True)
def confirm(
    context: Context,
    content: str,
    question: object,
    label: object,
    action: str = "",
    kind: str = "",
    back: str = "",
) -> SafeString:
    """A POST form that asks before it does; the content explains what happens. kind: bad for what cannot be undone."""
    token = context.get("csrf_token", "")
    return format_html(
        '<form class="confirm" method="post" action="{}" data-kind="{}">{}<h2>{}</h2>{}'
        '<div class="row">{}{}</div></form>',
        action,
        kind,
        format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', token) if token else "",
        question,
        content,
        submit(label, color="danger" if kind == "bad" else "accent"),
        button(_("Avbryt"), back, variant="tertiary") if back else "",
    )


def _line(here: str, following: str) -> str:
    """The line to the next step: broken round a gap, pale towards what is still ahead, else gold."""
    if "gap" in (here, following):
        return "gap"
    return "ahead" if following == "ahead" else ""


def _get(item: Any, name: str) -> Any:
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
