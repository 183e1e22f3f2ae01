"""The office's costings: what it costs, who else pays, and what each municipality would pay by each key."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.settlements import api as settlements
from kompetanse.domains.settlements.api import Right
from kompetanse.domains.settlements.types import Column, CostingPage
from kompetanse.kernel.errors import DomainError, NotFound
from kompetanse.kernel.money import Money
from kompetanse.ui import sheets
from kompetanse.ui.formats import kroner
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .forms import CostLineForm, SharingForm, SubsidyForm, WhyForm, line_initial, subsidy_initial
from .words import KEYS, KINDS, PLACES, status_words


@page("oppgjor/", right=Right.SHARE_READ)
def overview(request: PageRequest) -> Reply:
    """The office sees its costings; a municipality its own shares."""
    found = settlements.get_settlements(request.ctx)
    file = sheets.export(
        request.GET.get("format", ""), "oppgjor",
        [_("Oppgjør"), _("År"), _("Kommune"), _("Kroner"), _("Status")],
        [
            (row.title, row.year, share.municipality, kroner(Money(share.amount_ore)), status_words(row.status)[1])
            for row, share in found.shares
        ],
    )  # fmt: skip
    if file:
        return file
    return Reply.page(
        "settlements/overview.html", found,
        costings=[(row, *status_words(row.status)) for row in found.costings],
        shares=[(row, share, *status_words(row.status)) for row, share in found.shares],
        owed=Money(sum(share.amount_ore for _row, share in found.shares)),
    )  # fmt: skip


@page("oppgjor/ny/", right=Right.COSTING_MANAGE)
def new_costing(request: PageRequest) -> Reply:
    """Open the costing of `?kurs=` or `?tiltak=`, or go to the one there is."""
    run_id, measure_id = _number(request.GET.get("kurs", "")), _number(request.GET.get("tiltak", ""))
    found = None
    if run_id is not None or measure_id is not None:
        found = settlements.find_costing(request.ctx, run_id=run_id, measure_id=measure_id)
    if found is None and request.method == "POST":
        found = settlements.open_costing(request.ctx, run_id=run_id, measure_id=measure_id)
    if found is not None:
        return Reply.done(reverse("settlements.costing", args=[found]))
    return Reply.page("settlements/new.html", None, chosen=run_id is not None or measure_id is not None)


@page("oppgjor/kalkyle/<int:costing_id>/", right=Right.COSTING_MANAGE)
def costing(request: PageRequest, costing_id: int) -> Reply:
    """A costing with its keys side by side; the office changes it and settles it here."""
    found = settlements.get_costing(request.ctx, costing_id=costing_id)
    file = sheets.export(
        request.GET.get("format", ""), f"kalkyle-{costing_id}",
        [_("Kommune"), _("Innbyggere"), _("Plasser"), _("Deltakere"), *(str(KEYS[it.key]) for it in found.columns)],
        [
            (base.name, base.inhabitants, base.seats, base.participants,
             *(kroner(Money(it.amounts[place])) if it.amounts else "" for it in found.columns))
            for place, base in enumerate(found.bases)
        ],
    )  # fmt: skip
    if file:
        return file
    act, _sep, number = request.POST.get("act", "").partition("-")
    made = _forms(request, found, act, number)
    if request.method == "POST" and (done := _do(request, found, act, number, made.get(act))):
        return done
    bound = [form for form in made.values() if form.is_bound and form.errors]
    return Reply.page(
        "settlements/costing.html", found, status=422 if bound else 200,
        line_form=made["line"], subsidy_form=made["subsidy"], sharing=made["sharing"], why_form=made["make"],
        drop_form=made["drop"],
        lines=_lines(found, made, act, number), subsidies=_subsidies(found, made, act, number),
        columns=[_column(it) for it in found.columns],
        rows=[(base, [(str(KEYS[it.key]), it.amounts[place] if it.amounts else None) for it in found.columns])
              for place, base in enumerate(found.bases)],
        key=str(KEYS[found.key]), settled=[(it, *status_words(it.status)) for it in found.settlements],
        totals=_totals(found), chosen=found.key.value,
    )  # fmt: skip


def _lines(found: CostingPage, made: dict[str, forms.Form], act: str, number: str) -> list[tuple[Any, str, forms.Form]]:
    """(cost line, kind in words, its form)"""
    return [
        (it, str(KINDS[it.kind]), _open_form(made, act, number, "line", it.id, CostLineForm(
            initial=line_initial(it), auto_id=f"linje-{it.id}-%s"
        )))
        for it in found.lines
    ]  # fmt: skip


def _subsidies(
    found: CostingPage, made: dict[str, forms.Form], act: str, number: str
) -> list[tuple[Any, str, forms.Form]]:
    """(subsidy, when it is taken off in words, its form)"""
    return [
        (it, str(PLACES[it.place]), _open_form(made, act, number, "subsidy", it.id, SubsidyForm(
            initial=subsidy_initial(it), bases=found.bases, auto_id=f"tilskudd-{it.id}-%s"
        )))
        for it in found.subsidies
    ]  # fmt: skip


def _open_form(made: dict[str, forms.Form], act: str, number: str, kind: str, pk: int, plain: forms.Form) -> forms.Form:
    """The form of a row: as it was sent where it is the one with a fault."""
    return made[kind] if act == kind and number == str(pk) else plain


def _forms(request: PageRequest, found: CostingPage, act: str, number: str) -> dict[str, forms.Form]:
    def data(name: str) -> object:
        return request.POST if act == name and request.method == "POST" else None

    return {
        "line": CostLineForm(data("line"), auto_id=f"ny-linje{number}-%s"),  # type: ignore[arg-type]
        "subsidy": SubsidyForm(data("subsidy"), bases=found.bases, auto_id=f"nytt-tilskudd{number}-%s"),
        "sharing": SharingForm(data("sharing"), found),
        "make": WhyForm(data("make")),  # type: ignore[arg-type]
        "drop": forms.Form(data("drop")),  # type: ignore[arg-type]
    }


def _do(request: PageRequest, found: CostingPage, act: str, number: str, form: forms.Form | None) -> Reply | None:
    ctx, costing_id, pk = request.ctx, found.costing.id, _number(number)
    here = reverse("settlements.costing", args=[costing_id])
    if form is None:
        raise NotFound()
    if act == "drop":
        return _drop(request, costing_id, number, here)
    if not form.is_valid():
        return None
    with catching(form, DomainError):
        if isinstance(form, CostLineForm):
            settlements.set_cost_line(ctx, costing_id=costing_id, line=form.as_input(), line_id=pk)
            return Reply.done(f"{here}#kostnader", _("Kostnaden er lagret."))
        if isinstance(form, SubsidyForm):
            settlements.set_subsidy(ctx, costing_id=costing_id, subsidy=form.as_input(), subsidy_id=pk)
            return Reply.done(f"{here}#tilskudd", _("Tilskuddet er lagret."))
        if isinstance(form, SharingForm):
            fixed = form.cleaned_data["fixed"]
            settlements.choose_sharing(
                ctx, costing_id=costing_id, key=form.cleaned_data["key"], fixed_ore=fixed.ore if fixed else 0,
                parts=form.parts(),
            )  # fmt: skip
            return Reply.done(f"{here}#deling", _("Delingen er lagret."))
        if isinstance(form, WhyForm):
            settlement_id = settlements.make_settlement(ctx, costing_id=costing_id, why=form.cleaned_data["why"])
            to = reverse("settlements.settlement", args=[settlement_id])
            return Reply.done(to, _("Oppgjøret er laget som utkast. En annen enn deg må godkjenne det."))
    return None


def _drop(request: PageRequest, costing_id: int, number: str, here: str) -> Reply:
    """`act=drop-line-7` or `drop-subsidy-7`."""
    kind, _sep, last = number.partition("-")
    pk = _number(last)
    if pk is None or kind not in ("line", "subsidy"):
        raise NotFound()
    if kind == "line":
        settlements.drop_cost_line(request.ctx, costing_id=costing_id, line_id=pk)
        return Reply.done(f"{here}#kostnader", _("Kostnaden er tatt bort."))
    settlements.drop_subsidy(request.ctx, costing_id=costing_id, subsidy_id=pk)
    return Reply.done(f"{here}#tilskudd", _("Tilskuddet er tatt bort."))


def _column(it: Column) -> tuple[str, Column, str]:
    """(key in words, column, why it cannot be used)"""
    why = _(it.why_not) if it.why_not else ""
    return str(KEYS[it.key]), it, why % dict(it.values) if it.values else why


def _totals(found: CostingPage) -> dict[str, Money]:
    lines, others = found.lines, found.subsidies
    return {
        "planned": Money(sum(it.planned_ore for it in lines)),
        "actual": Money(sum(it.actual_ore or 0 for it in lines)),
        "others": Money(sum(it.planned_ore if it.actual_ore is None else it.actual_ore for it in others)),
        "paid": Money(sum(base.fee_ore + base.charge_ore for base in found.bases)),
    }


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
