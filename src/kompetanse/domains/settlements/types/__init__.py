"""Ids, enums, inputs and rows of the settlements. Plain Python; money is in whole øre."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

MOST_ORE = 100_000_000_000  # a billion kroner: more is a slip of the finger
MOST_LINES = 60
MOST_PEOPLE = 100_000
LONGEST_TEXT = 160
LONGEST_REASON = 500
FEW = 5  # fewer people of others than this are never to be found out


class CostKind(StrEnum):
    TRAINER = "trainer"
    ROOM = "room"
    CATERING = "catering"
    TRAVEL = "travel"
    MATERIALS = "materials"
    ADMIN = "admin"


class Key(StrEnum):
    """How what is left to pay is shared between those who take part."""

    EQUAL = "equal"
    INHABITANTS = "inhabitants"
    SEATS = "seats"
    PARTICIPANTS = "participants"
    FIXED_AND_SEATS = "fixed_and_seats"  # a fixed sum each, and the rest by seats
    FIXED_AND_PARTICIPANTS = "fixed_and_participants"


FIXED = (Key.FIXED_AND_SEATS, Key.FIXED_AND_PARTICIPANTS)


class Place(StrEnum):
    """Where a subsidy is taken off: from the cost before it is shared, or from shares after."""

    BEFORE = "before"
    AFTER = "after"


class Status(StrEnum):
    DRAFT = "draft"
    APPROVED = "approved"
    SENT = "sent"
    REPLACED = "replaced"  # by a later version, which bills the difference


STANDING = (Status.APPROVED, Status.SENT)


@dataclass(frozen=True, slots=True)
class Base:
    """What a municipality is reckoned by. None is not known."""

    municipality_id: int
    name: str
    inhabitants: int | None = None
    seats: int = 0
    participants: int = 0
    fee_ore: int = 0
    charge_ore: int = 0
    takes_part: bool = True


@dataclass(frozen=True, slots=True)
class SubsidyInput:
    """Money from others. After the split it is for one municipality, or equally for all who take part."""

    source: str
    place: Place
    planned_ore: int
    actual_ore: int | None = None
    municipality_id: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One municipality's part: fee + charge + key − subsidy. `residue_ore` of the key's part did not divide."""

    municipality_id: int
    fee_ore: int
    charge_ore: int
    key_ore: int
    subsidy_ore: int
    residue_ore: int

    @property
    def amount_ore(self) -> int:
        return self.fee_ore + self.charge_ore + self.key_ore - self.subsidy_ore


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A cost shared out. The parts always sum to what is to be paid: cost less subsidies."""

    cost_ore: int
    subsidy_ore: int
    parts: tuple[Part, ...]

    @property
    def total_ore(self) -> int:
        return self.cost_ore - self.subsidy_ore

    @property
    def residue_ore(self) -> int:
        return sum(part.residue_ore for part in self.parts)


@dataclass(frozen=True, slots=True)
class CostLineInput:
    kind: CostKind
    text: str
    planned_ore: int
    actual_ore: int | None = None


@dataclass(frozen=True, slots=True)
class CostLineRow:
    id: int
    kind: CostKind
    text: str
    planned_ore: int
    actual_ore: int | None


@dataclass(frozen=True, slots=True)
class SubsidyRow:
    id: int
    source: str
    place: Place
    planned_ore: int
    actual_ore: int | None
    municipality_id: int | None
    municipality: str


@dataclass(frozen=True, slots=True)
class PartInput:
    """A municipality's part in a costing; seats and participants where the runs do not tell them."""

    municipality_id: int
    takes_part: bool = True
    seats: int | None = None
    participants: int | None = None


@dataclass(frozen=True, slots=True)
class CostingRow:
    """A costing as the office's list shows it. `status` is that of its latest settlement, if it has one."""

    id: int
    region_id: int
    title: str
    year: int
    measure_id: int
    run_id: int | None
    planned_ore: int
    actual_ore: int
    settlement_id: int | None
    status: Status | None

    @property
    def reference(self) -> str:
        return f"KALKYLE-{self.id}"


@dataclass(frozen=True, slots=True)
class Column:
    """What each municipality would pay by one key, in the order of the bases; or why it cannot be used."""

    key: Key
    amounts: tuple[int, ...]
    residue_ore: int
    residue_to: tuple[str, ...]
    why_not: str  # a message id
    values: tuple[tuple[str, object], ...] = ()


@dataclass(frozen=True, slots=True)
class CostingPage:
    """All that the office sees of a costing, with what each key would give."""

    costing: CostingRow
    key: Key
    fixed_ore: int
    lines: tuple[CostLineRow, ...]
    subsidies: tuple[SubsidyRow, ...]
    bases: tuple[Base, ...]
    told: tuple[PartInput, ...]
    columns: tuple[Column, ...]
    settlements: tuple[SettlementRow, ...]
    missing_actual: int
    inhabitants_frozen: bool


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """A version of a settlement."""

    id: int
    costing_id: int
    title: str
    year: int
    version: int
    status: Status
    key: Key
    fixed_ore: int
    cost_ore: int
    subsidy_ore: int
    total_ore: int
    residue_ore: int
    why: str
    made_by: str
    made_at: datetime
    approved_by: str
    approved_at: datetime | None
    sent_at: datetime | None

    @property
    def reference(self) -> str:
        return f"OPPGJØR-{self.id}"


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A municipality's share of a settlement, and what it was reckoned by. `billed_ore`: earlier versions' bills."""

    id: int
    settlement_id: int
    municipality_id: int
    municipality: str
    amount_ore: int
    fee_ore: int
    charge_ore: int
    key_ore: int
    subsidy_ore: int
    residue_ore: int
    billed_ore: int
    takes_part: bool
    inhabitants: int | None
    seats: int
    participants: int

    @property
    def to_bill_ore(self) -> int:
        """What this version bills: less than nothing is a credit note."""
        return self.amount_ore - self.billed_ore


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A cost or a subsidy as it was when the settlement was made."""

    kind: str
    text: str
    amount_ore: int


@dataclass(frozen=True, slots=True)
class SettlementPage:
    settlement: SettlementRow
    reference: str  # of the run or the measure
    lines: tuple[ToldLine, ...]
    shares: tuple[ShareRow, ...]
    invoices: tuple[InvoiceRow, ...]
    may_make: bool
    may_approve: bool
    made_it: bool  # the reader made it, and so may not approve it
    lacking: tuple[str, ...]  # whose organisation number is not known


@dataclass(frozen=True, slots=True)
class SharePage:
    """A municipality's own share and why, and of others only what tells nothing of few people."""

    settlement: SettlementRow
    share: ShareRow
    of_all: int | None  # what the key counts in all; None where there is nothing, or it may not be told
    tells_total: bool
    invoices: tuple[InvoiceRow, ...]


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    id: int
    number: int
    settlement_id: int
    municipality_id: int
    municipality: str
    is_credit: bool
    net_ore: int
    vat_ore: int
    issued_on: date
    due_on: date

    @property
    def payable_ore(self) -> int:
        return self.net_ore + self.vat_ore


@dataclass(frozen=True, slots=True)
class SettlementsPage:
    """The office's costings, and the shares that the reader may see."""

    costings: tuple[CostingRow, ...]
    shares: tuple[tuple[SettlementRow, ShareRow], ...]
    sees_all: bool
    may_manage: bool


@dataclass(frozen=True, slots=True)
class SellerPage:
    """Who bills, and whom."""

    seller: SellerInput | None
    payers: tuple[PayerRow, ...]


@dataclass(frozen=True, slots=True)
class PayerRow:
    municipality_id: int
    name: str
    organisation_number: str
    buyer_reference: str
    order_reference: str


class Vat(StrEnum):
    """Categories of value added tax in EN 16931 that a region can need."""

    STANDARD = "S"
    EXEMPT = "E"
    OUTSIDE = "O"


@dataclass(frozen=True, slots=True)
class SellerInput:
    """Who bills. `vat_reason` says why there is no tax; needs no telling at 25 per cent."""

    name: str
    organisation_number: str
    street: str = ""
    postal_code: str = ""
    city: str = ""
    account: str = ""
    vat_registered: bool = False
    vat: Vat = Vat.OUTSIDE
    vat_reason: str = ""
    due_days: int = 30
