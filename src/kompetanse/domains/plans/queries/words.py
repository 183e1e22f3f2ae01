"""What the plans' choices are called on screen and on paper."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kompetanse.domains.plans.types import DeliveryForm, MeasureKind, MeasureStatus, RiskLevel
from kompetanse.domains.plans.types.money import SharingKey
from kompetanse.domains.plans.types.reports import DeviationCause
from kompetanse.domains.plans.types.strategy import Sector, Unit

KINDS = {
    MeasureKind.COURSE: _("Kurs"),
    MeasureKind.PROGRAMME: _("Utviklingsløp"),
    MeasureKind.E_LEARNING: _("E-læring"),
    MeasureKind.NETWORK: _("Nettverk"),
    MeasureKind.GUIDANCE: _("Veiledning"),
    MeasureKind.RECRUITMENT: _("Rekruttering"),
}
STATUSES = {
    MeasureStatus.PLANNED: _("Planlagt"),
    MeasureStatus.ORDERED: _("Bestilt"),
    MeasureStatus.RUNNING: _("I gang"),
    MeasureStatus.DONE: _("Gjennomført"),
    MeasureStatus.CANCELLED: _("Avlyst"),
}
FORMS = {
    DeliveryForm.UNSAID: _("Ikke bestemt"),
    DeliveryForm.ON_SITE: _("Samling på et sted"),
    DeliveryForm.DIGITAL: _("På nett"),
    DeliveryForm.BLENDED: _("Både samling og nett"),
    DeliveryForm.AT_WORK: _("På arbeidsplassen"),
}
RISKS = {
    RiskLevel.UNSAID: _("Ikke vurdert"),
    RiskLevel.LOW: _("Lav"),
    RiskLevel.MEDIUM: _("Middels"),
    RiskLevel.HIGH: _("Høy"),
}
KEYS = {
    SharingKey.EQUAL: _("Likt"),
    SharingKey.INHABITANTS: _("Etter innbyggere"),
    SharingKey.SEATS: _("Etter plasser"),
    SharingKey.FIXED_AND_SEATS: _("Fast sum og plasser"),
}
CAUSES = {
    DeviationCause.TOO_FEW: _("For få påmeldte"),
    DeviationCause.NO_PROVIDER: _("Mangler leverandør"),
    DeviationCause.NO_TIME: _("Ikke tid eller vikarer"),
    DeviationCause.MONEY: _("Penger"),
    DeviationCause.NEED_IS_GONE: _("Behovet er borte"),
    DeviationCause.OTHER: _("Annet"),
}
SECTORS = {
    Sector.ALL: _("Alle sektorer"),
    Sector.HEALTH: _("Helse og omsorg"),
    Sector.SCHOOL: _("Skole"),
    Sector.KINDERGARTEN: _("Barnehage"),
    Sector.TECHNICAL: _("Teknisk"),
    Sector.CULTURE: _("Kultur"),
    Sector.ADMINISTRATION: _("Administrasjon"),
}
UNITS = {Unit.PERCENT: _("prosent"), Unit.PEOPLE: _("personer"), Unit.NUMBER: _("antall")}
# What a version tells of a measure.
FIELDS = {
    "title_nb": _("Tittel på bokmål"),
    "title_nn": _("Tittel på nynorsk"),
    "kind": _("Slag"),
    "goal_id": _("Mål"),
    "pool_ids": _("Behov tiltaket svarer på"),
    "target_group": _("Målgruppe"),
    "target_group_nn": _("Målgruppe på nynorsk"),
    "owner": _("Ansvarlig"),
    "quarter": _("Kvartal"),
    "form": _("Form"),
    "provider": _("Leverandør"),
    "seats_planned": _("Plasser"),
    "budget_ore": _("Budsjett"),
    "funding": _("Annen finansiering"),
    "funding_ore": _("Beløp fra andre"),
    "risk": _("Risiko"),
    "risk_text": _("Hva kan gå galt"),
    "requirement_code": _("Krav tiltaket oppfyller"),
}
