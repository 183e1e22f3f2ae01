"""What the office offers: services with their versions. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kompetanse.domains.organisation.types import Role
from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.money import Money
from kompetanse.kernel.text_marker import N_

FREE = Money()
MOST_QUANTITY = 10_000
MOST_MINUTES = 2_000 * 60  # about a year's work of one person, in one order
MOST_ORE = 10_000_000_00  # ten million kroner, for one unit
MOST_DAYS = 730
TITLE_LENGTH = 160
TEXT_LENGTH = 4000


class ServiceKind(StrEnum):
    """What an order is of. Courses and paths teach; the others help a municipality to do its own part."""

    COURSE = "course"
    PATH = "path"
    MAPPING = "mapping"
    PLANNING = "planning"
    SECRETARIAT = "secretariat"
    PROCUREMENT = "procurement"
    ADVICE = "advice"


class OrderUnit(StrEnum):
    """What is counted in an order."""

    SEAT = "seat"
    HOUR = "hour"
    DAY = "day"
    PIECE = "piece"


# Who a service may be ordered by, as the catalogue offers it.
MAY_ORDER = (Role.CONTACT_PERSON, Role.HR, Role.CHIEF_EXECUTIVE, Role.LEADER)


@dataclass(frozen=True, slots=True)
class ServiceInput:
    """A version of a service. `minutes_each`: the office's own work for one unit of it."""

    title_nb: str
    kind: ServiceKind
    unit: OrderUnit
    title_nn: str = ""
    description_nb: str = ""
    description_nn: str = ""
    price_each: Money = FREE
    minutes_each: int = 0
    days_expected: int = 30
    least: int = 1
    most: int = 100
    roles: tuple[Role, ...] = MAY_ORDER
    release_days: int | None = None  # seats can be handed back until so many days before delivery
    terms_nb: str = ""
    terms_nn: str = ""


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service as its latest version says. `title`, `description`, `terms` in the reader's written form."""

    id: int
    tenant_id: int
    version: int
    is_open: bool
    told: ServiceInput
    published_on: date
    title: str
    description: str
    terms: str


@dataclass(frozen=True, slots=True)
class TermsRow:
    """What has been offered or agreed, as it stood that day: nothing later changes it."""

    number: int
    kind: ServiceKind
    unit: OrderUnit
    quantity: int
    price_each: Money
    total: Money
    minutes: int
    days_expected: int
    expires_on: date | None  # a quote's last day; None for what the catalogue says
    release_on: date | None
    is_quote: bool
    service_version: int | None
    made_by: str
    made_on: date
    title: str
    description: str
    terms: str


class ServiceIsClosed(DomainError):
    code = "service_is_closed"
    sentence = N_("Tjenesten er tatt ut av katalogen og kan ikke bestilles lenger. Velg en annen tjeneste.")


class ServiceIsIncomplete(DomainError):
    code = "service_is_incomplete"
    field = "title_nb"
    sentence = N_("Gi tjenesten et navn på bokmål, og velg minst én rolle som kan bestille den.")


class ServiceTextIsTooLong(DomainError):
    code = "service_text_is_too_long"
    sentence = N_("Teksten har %(length)s tegn. Det er plass til %(limit)s. Kort den ned.")


class LimitsAreTurned(DomainError):
    code = "limits_are_turned"
    field = "most"
    sentence = N_("Det minste antallet må være minst 1, og det største fra %(least)s til %(limit)s. Rett tallene.")


class HoursAreOutOfRange(DomainError):
    code = "hours_are_out_of_range"
    field = "hours"
    sentence = N_("Timetallet må være mellom 0 og %(most)s. Rett tallet og send en gang til.")


class PriceIsOutOfRange(DomainError):
    code = "price_is_out_of_range"
    field = "price"
    sentence = N_("Prisen må være mellom 0 og 10 millioner kroner. Rett beløpet.")


class DaysAreOutOfRange(DomainError):
    code = "days_are_out_of_range"
    field = "days_expected"
    sentence = N_("Forventet tid må være mellom 1 og %(most)s dager. Rett tallet.")


class QuantityOutOfRange(DomainError):
    code = "quantity_out_of_range"
    field = "quantity"
    sentence = N_(
        "Denne tjenesten kan bestilles i et antall fra %(least)s til %(most)s. Rett tallet, "
        "eller ta kontakt med kurskontoret hvis dere trenger mer."
    )


class RoleMayNotOrder(DomainError):
    code = "role_may_not_order"
    sentence = N_(
        "Denne tjenesten bestilles av andre roller enn dine. I katalogen står det hvem som kan bestille den: "
        "Spør en av dem."
    )
