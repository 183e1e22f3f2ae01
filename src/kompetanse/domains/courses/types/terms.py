"""Terms of a run: what withdrawing, staying away and being replaced cost, and when. Money is in whole øre."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.money import Money
from kompetanse.kernel.text_marker import N_

MOST_FEE_ORE = 100_000_000  # a million kroner for one seat: more is a slip of the finger
MOST_DAYS = 365
MOST_TIERS = 6
LONGEST_NAME = 80


class Act(StrEnum):
    """What may have a consequence in kroner."""

    WITHDRAW = "withdraw"
    STAY_AWAY = "stay_away"
    BE_REPLACED = "be_replaced"
    DOCUMENTED = "documented"  # was kept away, and somebody has seen the paper; what it says is not kept
    CALLED_OFF = "called_off"  # by the organiser


class WaiveGround(StrEnum):
    """Why a charge fell away."""

    DOCUMENTED = "documented"  # absence that was documented in time; never what it was
    CORRECTED = "corrected"  # attendance was corrected: the person was there
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Tier:
    """Who withdraws with fewer than `below_days` days left pays `percent` of the fee, and at least `minimum_ore`.

    None means always, from the moment of signing up.
    """

    below_days: int | None
    percent: int
    minimum_ore: int = 0


@dataclass(frozen=True, slots=True)
class TermsInput:
    """A set of terms as the office writes it.

    Staying away costs what withdrawing last costs, or `stay_away_percent` of the fee where that is more, and
    `stay_away_ore` besides. `documented_days`: absence documented within so many days is free; None: never.
    `decide_days`: so many days before the start it is decided whether the run is held; None: no such day.
    `moved_days`: so many days after a run is moved withdrawing is free.
    """

    name: str
    tiers: tuple[Tier, ...] = ()
    stay_away_percent: int = 0
    stay_away_ore: int = 0
    replacing_is_free: bool = True
    documented_days: int | None = None
    decide_days: int | None = None
    moved_days: int = 14


@dataclass(frozen=True, slots=True)
class TermsRow:
    """A version of a set of terms; it never changes. See TermsInput."""

    id: int
    region_id: int
    version: int
    made_at: datetime
    told: TermsInput

    @property
    def name(self) -> str:
        return self.told.name


@dataclass(frozen=True, slots=True)
class Timing:
    """When a run starts, and when it was last moved after the person had signed up."""

    starts_at: datetime
    moved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an act costs the municipality, and the sentence that says it: a message id with its values."""

    act: Act
    amount: Money
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunTerms:
    """What holds for who signs up for a run now; for the office also all there is to choose among."""

    run_id: int
    reference: str
    title: str
    terms: TermsRow | None
    fee_ore: int
    said: tuple[Consequence, ...]
    decide_on: date | None
    decided_at: datetime | None
    seats_taken: int
    min_seats: int
    may_manage: bool
    is_coming: bool  # neither held nor called off: terms can be chosen, and it can be decided
    choices: tuple[TermsRow, ...] = ()
    mark: str = ""  # names exactly these terms: what the reader saw when signing up

    @property
    def is_short(self) -> bool:
        return self.seats_taken < self.min_seats


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A charge that has arisen, and whether it fell away."""

    id: int
    run_id: int
    run_title: str
    name: str
    municipality: str
    act: Act
    amount_ore: int
    days_left: int
    arisen_at: datetime
    documented_by: date | None
    waived_at: datetime | None
    waive_ground: WaiveGround | None
    waive_reason: str
    may_waive: bool = False

    @property
    def stands(self) -> bool:
        return self.waived_at is None


@dataclass(frozen=True, slots=True)
class DueRow:
    """What a municipality has used of some runs: seats given, people who came, fees and charges that stand."""

    municipality_id: int
    seats: int
    participants: int
    fee_ore: int
    charge_ore: int


class TermsAreIncomplete(DomainError):
    code = "terms_are_incomplete"
    field = "name"
    sentence = N_("Gi vilkårene et navn på høyst %(limit)s tegn.")


class TiersAreImpossible(DomainError):
    code = "tiers_are_impossible"
    field = "tiers"
    sentence = N_(
        "Trinnene går ikke opp. Hvert trinn må ha sitt eget antall dager (0–365), en prosent fra 0 til 100, og det kan "
        "ikke bli billigere å melde seg av senere."
    )


class FeeIsImpossible(DomainError):
    code = "fee_is_impossible"
    field = "fee"
    sentence = N_("Beløpet må være mellom 0 og 1 000 000 kroner. Rett det og lagre på nytt.")


class DaysAreImpossible(DomainError):
    code = "days_are_impossible"
    sentence = N_("Antall dager må være mellom 0 og 365. Rett det og lagre på nytt.")


class TermsHaveChanged(DomainError):
    code = "terms_have_changed"
    sentence = N_("Vilkårene er endret etter at du åpnet siden. Les hva som gjelder nå, og meld på en gang til.")


class TermsAreOfAnotherRegion(DomainError):
    code = "terms_are_of_another_region"
    sentence = N_("Vilkårene hører til en annen region. Velg blant regionens egne vilkår.")


class RunIsDecided(DomainError):
    code = "run_is_decided"
    sentence = N_("Det er alt bestemt at kurset holdes. Avlys det hvis det likevel ikke går.")


class TooFewWithoutReason(DomainError):
    code = "too_few_without_reason"
    field = "reason"
    sentence = N_(
        "%(taken)s har plass, og laveste antall er %(least)s. Skriv hvorfor kurset holdes likevel, eller avlys det."
    )


class ChargeIsWaived(DomainError):
    code = "charge_is_waived"
    sentence = N_("Kravet er alt frafalt.")


class WaivingNeedsReason(DomainError):
    code = "waiving_needs_reason"
    field = "reason"
    sentence = N_("Skriv kort hvorfor kravet frafalles. Skriv ikke noe om helse.")


class DocumentationIsLate(DomainError):
    code = "documentation_is_late"
    sentence = N_("Fristen for dokumentasjon gikk ut %(day)s. Frafall kravet av en annen grunn hvis det er rett.")


class DocumentationDoesNotHelp(DomainError):
    code = "documentation_does_not_help"
    sentence = N_("Vilkårene fritar ikke for dokumentert fravær. Frafall kravet av en annen grunn hvis det er rett.")
