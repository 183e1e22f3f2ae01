"""Ids in deeds as people know them: references they can say aloud, and names where there is one. One query per kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from kompetanse.domains.results import rules
from kompetanse.foundation.models import Deed
from kompetanse.ui import formats


@dataclass(frozen=True, slots=True)
class Naming:
    """How an id is said: the model it points to, the fields that name it, and the word its reference begins with."""

    model: str
    fields: tuple[str, ...]
    prefix: str = ""


POOL = Naming("needs.Pool", ("title",), "SAMLING")
EVIDENCE = Naming("competence.Evidence", ("title",), "BEVIS")
EMPLOYEE = Naming("organisation.Employee", ("given_name", "family_name"))
NAMED = {
    "approver_id": EMPLOYEE,
    "area_id": Naming("plans.FocusArea", ("title_nb",)),
    "arrangement_id": Naming("competence.Arrangement", ("with_whom",)),
    "body_id": Naming("organisation.Body", ("name_nb",)),
    "booking_id": Naming("logistics.Booking", ("title",)),
    "campaign_id": Naming("assessments.Campaign", ("title_nb",)),
    "case_id": Naming("governance.Case", ("title",)),
    "corrects_id": EVIDENCE,
    "deviation_id": Naming("orders.Deviation", ("noted_at",)),
    "dispensation_id": Naming("competence.Dispensation", ("requirement__name_nb",)),
    "earlier_id": Naming("governance.Case", ("title",)),
    "employee_id": EMPLOYEE,
    "evidence_id": EVIDENCE,
    "from_plan_id": Naming("plans.ActionPlan", ("year",)),
    "from_pool_id": POOL,
    "goal_id": Naming("governance.Goal", ("title_nb",), "MÅL"),
    "guideline_id": Naming("orders.Guideline", ("number",)),
    "mandate_id": Naming("assessments.ExpertMandate", ("expert__given_name", "expert__family_name")),
    "mark_id": Naming("assessments.CriticalMark", ("requirement__name_nb",)),
    "measure_id": Naming("plans.Measure", ("title_nb",), "TILTAK"),
    "meeting_id": Naming("governance.Meeting", ("held_on",)),
    "municipality_id": Naming("foundation.Tenant", ("name",)),
    "need_id": Naming("needs.Need", ("title",), "BEHOV"),
    "new_case_id": Naming("governance.Case", ("title",)),
    "new_pool_id": POOL,
    "order_id": Naming("orders.Order", ("measure__title_nb",), "BESTILLING"),
    "plan_id": Naming("plans.ActionPlan", ("year",)),
    "pool_id": POOL,
    "region_id": Naming("foundation.Tenant", ("name",)),
    "resource_id": Naming("logistics.Resource", ("name",)),
    # By the day it was put there: its name is written by whoever brought it, and may tell more than it should.
    "replaces_id": Naming("competence.Document", ("added_at",)),
    "requirement_id": Naming("competence.Requirement", ("name_nb",)),
    "risk_id": Naming("risks.Risk", ("title",)),
    "rule_id": Naming("competence.LocalRule", ("requirement__name_nb",)),
    "round_id": Naming("needs.Round", ("title",)),
    "run_id": Naming("courses.Run", ("title",), "KURS"),
    "staff_id": Naming("orders.StaffMember", ("name",)),
    "step_id": Naming("yearwheel.Step", ("title_nb",)),
    "seat_id": Naming("organisation.Seat", ("name",)),
    "session_id": Naming("courses.Session", ("starts_at",)),
    "task_id": Naming("governance.Task", ("what",)),
    "unit_id": Naming("organisation.Unit", ("name",)),
    "version_id": Naming("competence.RequirementVersion", ("valid_from",)),
    "wheel_id": Naming("yearwheel.Wheel", ("year",)),
    "costing_id": Naming("settlements.Costing", ("title",)),
    "settlement_id": Naming("settlements.Settlement", ("costing__title",)),
    "terms_id": Naming("courses.Terms", ("name",)),
    "evaluation_id": Naming("evaluations.Evaluation", ("run__title",)),
    "link_id": Naming("courses.TrainerLink", ("trainer",)),
    "course_id": Naming("courses.Course", ("title_nb",)),
    "from_run_id": Naming("courses.Run", ("title",), "KURS"),
}
IMPORT = Naming("integrations.ImportRun", ("file_name",))
PRIORITISING = Naming("priorities.Round", ("case__title",))
# A person is called what their account says; who has none, what a municipality in sight calls them.
PERSON = Naming("organisation.Account", ("display_name",))
# What has no name of its own is left out: the rest of the deed says which it was. So is which colleague was asked to
# rate somebody, and the marks that make a letter or a document one of a kind.
UNNAMED = frozenset({
    "above_id", "ballot_id", "cause", "certificate_id", "charge_id", "document_id", "duty_id", "failing_id",
    "forwarding_id", "from_signup_id", "hearing_id", "incoming_id", "interest_id", "invitation_id",
    "message_id", "minutes_id", "poll_id", "published_gap_id", "service_id", "sha256", "share_id", "signup_id",
    "version",
})  # fmt: skip
DAYS = frozenset({
    "begins", "last_day", "series", "valid_from", "valid_to",
})  # and all that end in _on  # fmt: skip
MONEY = frozenset({
    "amount_ore", "budget_ore", "committed_ore", "fee_ore", "frame_ore", "limit_ore", "spent_ore", "total_ore",
})  # fmt: skip
LONGEST = 80

Names = Mapping[tuple[Naming, str, int], str]


def naming_of(deed: Deed, key: str) -> tuple[Naming, str] | None:
    """How the id in this detail is said, and by which key it is looked up; None where it is no id."""
    if key == "run_id" and deed.operation.startswith("integrations."):
        return IMPORT, "pk"
    if key == "round_id" and deed.operation.startswith("priorities."):
        return PRIORITISING, "pk"
    if key == "person_id":
        return PERSON, "person_id"
    return (NAMED[key], "pk") if key in NAMED else None


def look_up(deeds: Iterable[Deed]) -> Names:
    """The names behind every id of the deeds, as far as they are in sight."""
    wanted: dict[tuple[Naming, str], set[int]] = defaultdict(set)
    for deed in deeds:
        for key, value in deed.details.items():
            if isinstance(value, int) and (said := naming_of(deed, key)):
                wanted[said].add(value)
    found: dict[tuple[Naming, str, int], str] = {}
    for key in list(wanted):
        if key[0] is PERSON:
            wanted[EMPLOYEE, key[1]] |= wanted[key]
    for (naming, by), ids in wanted.items():
        rows = apps.get_model(naming.model)._default_manager.filter(**{f"{by}__in": ids})
        for pk, *parts in rows.values_list(by, *naming.fields):
            names = [formats.day(part) if isinstance(part, date) else str(part) for part in parts if part is not None]
            found[naming, by, pk] = " ".join(names).strip()
    return found


def details_of(deed: Deed, names: Names) -> Iterable[tuple[str, str, str]]:
    """Each detail as (word, value, address): the address where the reference can be followed, else empty."""
    language = formats.language()
    for key, value in deed.details.items():
        if key in UNNAMED or value is None or value == "":
            continue
        label = rules.word("detail", key, language)
        if (naming := naming_of(deed, key)) and isinstance(value, int):
            name = names.get((*naming, value), "")
            if not name and naming[0] is PERSON:
                name = names.get((EMPLOYEE, naming[1], value), "")
            reference = f"{naming[0].prefix}-{value}" if naming[0].prefix else ""
            shown = f"{reference} {name}".strip() or _("ikke lenger å finne")
            yield label, shown[:LONGEST], f"{reverse('results.thread')}?ref={reference}" if reference else ""
        else:
            yield label, _plain(key, value, language), ""


def _plain(key: str, value: object, language: str) -> str:
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if key in MONEY and isinstance(value, int):
        return formats.kroner(value)
    if isinstance(value, dict):  # counts of kinds of rows
        return ", ".join(f"{rules.word('model', str(name), language)}: {count}" for name, count in value.items())
    if isinstance(value, list):  # how many, never who
        return formats.number(len(value))
    if isinstance(value, int):
        return str(value) if key == "year" else formats.number(value)
    text = str(value)
    if key.endswith("_on") or key in DAYS:
        try:
            return formats.day(date.fromisoformat(text[:10]))
        except ValueError:
            return text
    if key == "why":
        return _(text)
    return rules.word("value", text, language)[:LONGEST]
