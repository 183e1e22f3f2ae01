"""What things are called on screen, here and in the domains above, as message ids."""

from __future__ import annotations

from kompetanse.kernel.text_marker import N_

from .bookings import Caution
from .needs import Need
from .resources import Access, Feature

FEATURE_WORDS = {
    Feature.SCREEN: N_("Skjerm eller projektor"),
    Feature.VIDEO: N_("Kamera og lyd for dem som er med på nett"),
    Feature.WHITEBOARD: N_("Tavle"),
    Feature.COMPUTERS: N_("Datamaskiner"),
    Feature.PRACTICE: N_("Plass til praktisk øving"),
    Feature.KITCHEN: N_("Kjøkken"),
}
ACCESS_WORDS = {
    Access.STEP_FREE: N_("Trinnfritt"),
    Access.LIFT: N_("Heis"),
    Access.HEARING_LOOP: N_("Teleslynge"),
    Access.ACCESSIBLE_TOILET: N_("HC-toalett"),
    Access.ACCESSIBLE_PARKING: N_("HC-parkering"),
    Access.QUIET_ROOM: N_("Stillerom"),
}
CAUTION_WORDS = {
    Caution.OUTSIDE_HOURS: N_("Det er utenfor åpningstiden. Avtal med dem som låser opp."),
    Caution.NOT_AVAILABLE: N_("Kurslederen har ikke sagt seg ledig da. Avtal det først."),
}
NEED_WORDS = {
    Need.GLUTEN: N_("Uten gluten"),
    Need.LACTOSE: N_("Uten laktose"),
    Need.MILK: N_("Uten melk"),
    Need.EGG: N_("Uten egg"),
    Need.NUTS: N_("Uten nøtter"),
    Need.FISH: N_("Uten fisk og skalldyr"),
    Need.VEGETARIAN: N_("Vegetarmat"),
    Need.NO_PORK: N_("Uten svin"),
    Need.WHEELCHAIR: N_("Plass til rullestol"),
    Need.HEARING: N_("Teleslynge"),
    Need.SIGHT: N_("Stor skrift eller plass nær tavlen"),
    Need.INTERPRETER: N_("Tolk"),
    Need.OTHER: N_("Annet"),
}
