"""The region's year and what may go wrong in it: set up by the office, told by the municipalities."""

from __future__ import annotations

from datetime import date

from kompetanse.domains.risks import api as risks
from kompetanse.domains.risks.types import RiskInput
from kompetanse.domains.yearwheel import api as yearwheel
from kompetanse.domains.yearwheel.types import Stated, StepKind

from .calendar import at
from .people import Cast

YEAR = 2027
DONE = {date(2027, 2, 15), date(2027, 3, 31)}  # the last days of what the office had done in time
# Where municipalities say that they stand, by their number; the others say nothing.
MAPPING = {"3303": Stated.DONE, "4005": Stated.DONE, "4026": Stated.UNDER_WAY, "3334": Stated.DONE}
NEEDS = {"3303": Stated.UNDER_WAY, "4005": Stated.DONE}


def turn(cast: Cast) -> None:
    """The standard wheel, with some who are done, some who are on their way, and some who are late."""
    office = cast.as_(cast.office, at(1, 5))
    yearwheel.start_wheel(office, region_id=cast.region.tenant_id, year=YEAR)
    page = yearwheel.get_wheel(cast.as_(cast.office, at(5, 20)), year=YEAR)
    for step in page.steps:
        if step.ends_on in DONE:
            yearwheel.state_standing(cast.as_(cast.office, at(3, 1)), step_id=step.id, status=Stated.DONE)
        if step.kind is StepKind.CAMPAIGN or (step.is_municipal and step.ends_on == date(2027, 5, 15)):
            _say(cast, step.id, MAPPING)
        elif step.is_municipal and step.ends_on == date(2027, 6, 15):
            _say(cast, step.id, NEEDS)
    _risks(cast)


def _say(cast: Cast, step_id: int, said: dict[str, Stated]) -> None:
    for place in cast.region.municipalities:
        if status := said.get(place.number):
            contact = cast.as_(cast.contacts[place.tenant_id], at(5, 12))
            yearwheel.state_standing(contact, step_id=step_id, municipality_id=place.tenant_id, status=status)


def _risks(cast: Cast) -> None:
    region_id = cast.region.tenant_id
    winter, spring = cast.as_(cast.forum, at(1, 21)), cast.as_(cast.office, at(5, 20))
    substitutes = risks.register_risk(
        winter, region_id=region_id, probability=4, consequence=4, why="To kurs hadde ledige plasser i fjor.",
        risk=RiskInput(
            title="Ansatte kommer ikke på kurs fordi det mangler vikarer",
            description="Gjelder mest i helse og omsorg, og i de minste kommunene.", owner_id=cast.forum.person_id,
        ),
    )  # fmt: skip
    risks.add_mitigation(
        winter, risk_id=substitutes, text="Sette av penger til vikarer i hvert tiltak", responsible="RKK",
        due_on=date(2027, 2, 1),
    )  # fmt: skip
    late = risks.add_mitigation(
        winter, risk_id=substitutes, text="Holde kursene som halve dager", responsible="Kommunedirektørene",
        due_on=date(2027, 5, 15),
    )  # fmt: skip
    first = risks.get_risk(winter, risk_id=substitutes).measures[0]
    assert first.id != late
    risks.finish_mitigation(cast.as_(cast.office, at(1, 28)), risk_id=substitutes, mitigation_id=first.id)
    risks.note_risk(spring, risk_id=substitutes, text="Tre ble borte fra vårens kurs. Færre enn i fjor.")
    risks.assess_risk(spring, risk_id=substitutes, probability=3, consequence=4, why="Vikarpenger er på plass.")
    trainers = risks.register_risk(
        winter, region_id=region_id, probability=3, consequence=3, why="Én av to kursholdere går av til sommeren.",
        risk=RiskInput(title="For få kursholdere i legemiddelhåndtering", owner_id=cast.office.person_id),
    )  # fmt: skip
    risks.add_mitigation(
        spring, risk_id=trainers, text="Lære opp to nye kursholdere", responsible="RKK", due_on=date(2027, 9, 1)
    )
    risks.register_risk(
        spring, region_id=region_id, probability=2, consequence=2, why="Avtalen er fornyet før.",
        risk=RiskInput(title="Avtalen om kurslokale blir ikke fornyet", owner_id=cast.office.person_id),
    )  # fmt: skip
