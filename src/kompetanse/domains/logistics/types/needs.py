"""What participants need, and catering. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_

KEEP_DAYS = 7  # after the run; then what was needed is deleted
OTHER_LENGTH = 200  # characters
CONSENT = 1  # the number of the consent's text


class Need(StrEnum):
    """What somebody needs, of food and of the room."""

    GLUTEN = "gluten"
    LACTOSE = "lactose"
    MILK = "milk"
    EGG = "egg"
    NUTS = "nuts"
    FISH = "fish"
    VEGETARIAN = "vegetarian"
    NO_PORK = "no_pork"
    WHEELCHAIR = "wheelchair"
    HEARING = "hearing"
    SIGHT = "sight"
    INTERPRETER = "interpreter"
    OTHER = "other"


FOOD = frozenset({Need.GLUTEN, Need.LACTOSE, Need.MILK, Need.EGG, Need.NUTS, Need.FISH, Need.VEGETARIAN, Need.NO_PORK})


@dataclass(frozen=True, slots=True)
class OwnNeeds:
    """What a person has said that they need at a run."""

    needs: tuple[Need, ...]
    other: str


@dataclass(frozen=True, slots=True)
class NeedCount:
    need: Need
    people: int


@dataclass(frozen=True, slots=True)
class NeedsPage:
    """What is needed at a run, without names. `others` are needs in people's own words."""

    counts: tuple[NeedCount, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CateringRow:
    id: int
    session_id: int
    starts_at: datetime
    people: int
    what: str
    supplier: str


class ConsentIsMissing(DomainError):
    code = "consent_is_missing"
    field = "consent"
    sentence = N_("Kryss av for at opplysningene kan brukes til dette kurset. Uten det lagres de ikke.")


class OtherIsMissing(DomainError):
    code = "other_is_missing"
    field = "other"
    sentence = N_("Skriv hva annet du trenger, eller ta bort krysset for annet.")


class RunIsOver(DomainError):
    code = "run_is_over"
    sentence = N_("Kurset er over, så det er ikke noe å gjøre klart lenger.")


class PeopleAreImpossible(DomainError):
    code = "people_are_impossible"
    field = "people"
    sentence = N_("Bevertning bestilles til minst én og høyst 5000. Rett tallet.")
