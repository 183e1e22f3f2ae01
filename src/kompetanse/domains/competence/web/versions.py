"""Where the register is kept: a new version or requirement, seen first and then put in force; and what covers what."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.types import RequirementHistory, VersionInput, VersionPreview
from kompetanse.domains.organisation import api as organisation
from kompetanse.kernel.errors import DomainError
from kompetanse.ui import formats
from kompetanse.ui.pages import PageRequest, page
from kompetanse.ui.replies import Reply, catching

from .version_forms import EquivalenceForm, LastDayForm, RequirementForm, VersionForm, WhyForm, initial_of
from .version_words import line_words, period_words, preview_parts


@page("krav/<int:requirement_id>/ny-versjon/", signed_in=True)
def new_version(request: PageRequest, requirement_id: int) -> Reply:
    found = competence.get_requirement_history(request.ctx, requirement_id, to_change=True)
    form = VersionForm(request.POST or None, own=bool(found.municipality), initial=_initial(request, found))
    here = reverse("competence.requirement", args=[requirement_id])

    def apply(told: VersionInput) -> Reply:
        competence.publish_version(request.ctx, found.code, told)
        notice = _("Versjonen er lagret. Den gjelder fra %(day)s.") % {"day": formats.day(told.valid_from)}
        return Reply.done(here, notice)

    return _carry(
        request, form, lambda told: competence.preview_version(request.ctx, found.code, told), apply,
        title=_("Ny versjon"), kicker=found.name, back=here,
    )  # fmt: skip


def _initial(request: PageRequest, found: RequirementHistory) -> dict[str, Any]:
    """What the requirement says now, to be said otherwise."""
    standing = found.standing
    latest = found.in_force(request.ctx.today) or (standing[0] if standing else None)
    told = initial_of(latest.says) if latest else {}
    return told | {"valid_from": request.ctx.today, "seen": max((row.id for row in standing), default=0)}


@page("krav/nytt/", right=competence.Right.REGISTER_KEEP)
def new_requirement(request: PageRequest) -> Reply:
    return _add(
        request, RequirementForm(request.POST or None, initial={"valid_from": request.ctx.today}), _("Nytt krav")
    )


@page("krav/eget/", right=competence.Right.REQUIREMENT_TIGHTEN)
def own_requirement(request: PageRequest) -> Reply:
    mine = organisation.list_municipalities(competence.tenants_to_tighten(request.ctx))
    form = RequirementForm(
        request.POST or None,
        municipalities=[(row.tenant_id, row.name) for row in mine],
        initial={"valid_from": request.ctx.today, "source_type": "intern"},
    )
    return _add(request, form, _("Kommunens eget krav"))


def _add(request: PageRequest, form: RequirementForm, title: str) -> Reply:
    def apply(told: VersionInput) -> Reply:
        key = competence.add_requirement(request.ctx, form.named(), told)
        return Reply.done(reverse("competence.requirement", args=[key]), _("Kravet er lagt til."))

    return _carry(
        request, form, lambda told: competence.preview_requirement(request.ctx, form.named(), told), apply,
        title=title, kicker=_("Kravregister"), back=reverse("competence.requirements"),
    )  # fmt: skip


def _carry(
    request: PageRequest,
    form: VersionForm,
    preview: Callable[[VersionInput], VersionPreview],
    apply: Callable[[VersionInput], Reply],
    **values: Any,
) -> Reply:
    """The form, then what it would do, then done. What was typed follows along, and comes back when it is refused."""
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid() and step != "edit":
        with catching(form, DomainError):
            told = form.told()
            if step == "apply":
                return apply(told)
            found = preview(told)
            return Reply.page(
                "competence/version_preview.html", found, form=form, lines=[line_words(one) for one in told.targets],
                **preview_parts(found, told), **values,
            )  # fmt: skip
    return Reply.page("competence/version_form.html", None, form=form, groups=form.groups(), **values)


@page("krav/versjon/<int:version_id>/trekk-tilbake/", signed_in=True)
def take_back(request: PageRequest, version_id: int) -> Reply:
    requirement_id, row = competence.get_version(request.ctx, version_id, to_change=True)
    form = WhyForm(request.POST or None)
    here = reverse("competence.requirement", args=[requirement_id])
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            competence.take_back_version(request.ctx, version_id, form.cleaned_data["why"])
            left = competence.get_requirement_history(request.ctx, requirement_id).standing
            here = here if left else reverse("competence.requirements")
            return Reply.done(here, _("Versjonen er trukket tilbake. Det som sto før, gjelder igjen."))
    return _short(
        request, form, here, _("Trekk tilbake versjonen"), period_words(row), _("Trekk tilbake"),
        _("Det som sto før versjonen, gjelder igjen, som om den ikke var lagt inn. Historikken viser den."),
    )  # fmt: skip


@page("krav/<int:requirement_id>/dekkes-av/", signed_in=True)
def covered_by(request: PageRequest, requirement_id: int) -> Reply:
    found = competence.get_requirement_history(request.ctx, requirement_id, to_change=True)
    others = [(row.code, row.name) for row in competence.list_requirements() if row.code != found.code]
    form = EquivalenceForm(request.POST or None, others=others, initial={"valid_from": request.ctx.today})
    here = reverse("competence.requirement", args=[requirement_id])
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        with catching(form, DomainError):
            competence.add_equivalence(request.ctx, found.code, data["by"], data["valid_from"], data["valid_to"])
            return Reply.done(here, _("Det er lagret hva som dekker kravet."))
    return _short(
        request, form, here, _("Hva dekker kravet?"), found.name, _("Lagre"),
        _("Retningen har betydning: bevis for det andre kravet teller for dette, ikke omvendt."),
    )  # fmt: skip


@page("krav/samsvar/<int:equivalence_id>/avslutt/", signed_in=True)
def end_cover(request: PageRequest, equivalence_id: int) -> Reply:
    requirement_id, row = competence.get_equivalence(request.ctx, equivalence_id)
    form = LastDayForm(request.POST or None, initial={"valid_to": request.ctx.today})
    here = reverse("competence.requirement", args=[requirement_id])
    if request.method == "POST" and form.is_valid():
        with catching(form, DomainError):
            competence.end_equivalence(request.ctx, equivalence_id, form.cleaned_data["valid_to"])
            return Reply.done(here, _("Det er lagret når det slutter å gjelde."))
    return _short(
        request, form, here, _("Avslutt"), row.other_name, _("Avslutt"),
        _("Etter siste dag teller ikke bevis for «%(other)s» for kravet lenger.") % {"other": row.other_name},
    )  # fmt: skip


def _short(
    request: PageRequest, form: Any, back: str, title: str, kicker: str, send: str, text: str, **values: Any
) -> Reply:
    """A page with one short form and what it does in words."""
    return Reply.page(
        "competence/version_short.html", None, form=form, back=back, title=title, kicker=kicker, send=send, text=text,
        **values,
    )  # fmt: skip
