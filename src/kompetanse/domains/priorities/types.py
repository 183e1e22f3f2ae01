"""Enums, rows, page models and refusals of the priorities. Plain Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from kompetanse.kernel.errors import DomainError
from kompetanse.kernel.text_marker import N_
from kompetanse.kernel.words import Words

LOWEST, HIGHEST = 0, 3  # the scale of every criterion
HEAVIEST = 10  # a weight is 0 (does not count) to this
MOST_POOLS = 100  # in one round; more is not weighed, it is waded through
LONGEST_REASON = 400


class Criterion(StrEnum):
    """What a pool is weighed by. The first three are read from the pool, the rest are scored by members."""

    STATUTORY = "statutory"
    MUNICIPALITIES = "municipalities"
    PEOPLE = "people"
    GOAL = "goal"
    COST = "cost"
    FUNDING = "funding"
    CAPACITY = "capacity"
    RISK = "risk"


READ = (Criterion.STATUTORY, Criterion.MUNICIPALITIES, Criterion.PEOPLE)
SCORED = tuple(criterion for criterion in Criterion if criterion not in READ)
# What a round starts with; the forum changes it before anybody scores.
USUAL: Mapping[Criterion, int] = {
    Criterion.STATUTORY: 5,
    Criterion.MUNICIPALITIES: 4,
    Criterion.PEOPLE: 3,
    Criterion.GOAL: 4,
    Criterion.COST: 2,
    Criterion.FUNDING: 1,
    Criterion.CAPACITY: 2,
    Criterion.RISK: 5,
}


class RoundStatus(StrEnum):
    """How far a round has come. Members score while it is scoring and discussing."""

    PREPARING = "preparing"
    SCORING = "scoring"
    DISCUSSING = "discussing"  # the differences are shown, and each may think again
    RANKED = "ranked"
    HANDED_OVER = "handed_over"


class PeopleClass(StrEnum):
    """About how many people a pool is for, worked out from what may be told."""

    FEW = "few"  # under 10
    SOME = "some"  # 10–29
    MANY = "many"  # 30–99
    MOST = "most"  # 100 or more


class Agreement(StrEnum):
    """How far apart the members are about one pool and one criterion."""

    AGREED = "agreed"
    SPREAD = "spread"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is read from a pool when scoring starts, with small numbers already taken out.

    `people_told` is the sum over municipalities with at least five; `hidden` counts those with fewer or unknown.
    """

    municipalities: int
    statutory: int
    people_told: int
    hidden: int


@dataclass(frozen=True, slots=True)
class ScoreInput:
    """One choice on the scale. `was` is what the writer had before them; unchanged choices are not written."""

    criterion: Criterion
    value: int | None
    was: int | None = None


@dataclass(frozen=True, slots=True)
class OrderInput:
    """A pool in the forum's own order, with why where it is moved from where it was ranked."""

    pool_id: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """A pool's place by weighted sum. `parts` are each criterion's contribution; they sum to `score` (0–3)."""

    key: int
    place: int
    score: Fraction
    parts: Mapping[Criterion, Fraction]


@dataclass(frozen=True, slots=True)
class Swap:
    """The smallest change of one weight that lets `lower` pass `upper`. None of it where nothing does."""

    upper: int
    lower: int
    criterion: Criterion | None
    weight: int = 0
    needed: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Kept:
    """Of the drawn weights: how many left the pool in its place, and how many among the first."""

    place: int
    top: int
    draws: int


@dataclass(frozen=True, slots=True)
class Dispute:
    """One pool and one criterion as the members see it: how far apart, and which seats stand at each end."""

    key: int
    criterion: Criterion
    agreement: Agreement
    low: int
    high: int
    at_low: tuple[int, ...]
    at_high: tuple[int, ...]
    values: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class RoundRow:
    id: int
    tenant_id: int
    case_id: int
    case_reference: str
    title: str
    status: RoundStatus
    pools: int
    top: int


@dataclass(frozen=True, slots=True)
class RoundPoolRow:
    """A pool of a round under the name it had when the round was prepared. `people` is words about a class."""

    id: int
    pool_id: int
    title: str
    facts: Facts
    people: PeopleClass | None  # None before the facts are read
    merged_into: int | None = None  # the pool that it has become part of since
    merged_title: str = ""

    @property
    def stands_as(self) -> int:
        """The pool that answers for it now."""
        return self.merged_into or self.pool_id


@dataclass(frozen=True, slots=True)
class WeightingRow:
    """One version of the weights, with why it was made."""

    version: int
    weights: Mapping[Criterion, int]
    why: str


@dataclass(frozen=True, slots=True)
class SeatProgress:
    """How far one seat has come."""

    seat_id: int
    name: str
    represents: str
    done: int
    all: int
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class PoolChoice:
    id: int
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A round with its weights, its pools and how far each seat has come."""

    round: RoundRow
    weighting: WeightingRow
    earlier: tuple[WeightingRow, ...]
    pools: tuple[RoundPoolRow, ...]
    choices: tuple[PoolChoice, ...]
    progress: tuple[SeatProgress, ...]
    may_prepare: bool
    may_weigh: bool
    may_score: bool


@dataclass(frozen=True, slots=True)
class ScorePage:
    """One pool to be scored, where it stands among the others, and what is chosen."""

    round: RoundRow
    pool: RoundPoolRow
    number: int
    all: int
    done: int  # pools that the member is done with
    chosen: Mapping[Criterion, int]
    weights: Mapping[Criterion, int]
    previous_id: int | None
    next_id: int | None


@dataclass(frozen=True, slots=True)
class CriterionSpread:
    """How many pools the members agree about on one criterion, and are apart on."""

    criterion: Criterion
    agreed: int
    spread: int
    apart: int


@dataclass(frozen=True, slots=True)
class ViewsPage:
    """Where the members disagree, before any mean is shown."""

    round: RoundRow
    seats: Mapping[int, str]
    pools: Mapping[int, str]
    criteria: tuple[CriterionSpread, ...]
    disputes: tuple[Dispute, ...]
    may_prepare: bool
    may_score: bool


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A pool in the forum's order: where it was ranked, why, how robust that is, and why it was moved."""

    pool: RoundPoolRow
    place: int
    ranked: int
    score: Fraction
    parts: Mapping[Criterion, Fraction]
    means: Mapping[Criterion, Fraction]
    why: tuple[Words, ...]
    kept: Kept
    swap: Swap | None  # with the next on the ranked list
    reason: str


@dataclass(frozen=True, slots=True)
class RankedPage:
    round: RoundRow
    weighting: WeightingRow
    rows: tuple[PlacedRow, ...]
    is_moved: bool
    may_weigh: bool
    may_prepare: bool


class RoundExists(DomainError):
    code = "round_exists"
    sentence = N_("%(reference)s har allerede en prioriteringsrunde. Åpne den i stedet.")


class CaseIsNotOpen(DomainError):
    code = "case_is_not_open"
    sentence = N_("%(reference)s er ikke åpen lenger. Lag runden i en åpen sak.")


class CaseIsNotOnAgenda(DomainError):
    code = "case_is_not_on_agenda"
    sentence = N_("%(reference)s står ikke på noen sakliste. Sett saken på saklista til et møte først.")


class NoPoolsChosen(DomainError):
    code = "no_pools_chosen"
    sentence = N_("Velg minst to bekreftede samlinger som skal veies mot hverandre.")


class TooManyPools(DomainError):
    code = "too_many_pools"
    sentence = N_("Runden har %(count)s samlinger. Velg høyst %(limit)s; ta resten i en egen runde.")


class PoolIsNotConfirmed(DomainError):
    code = "pool_is_not_confirmed"
    sentence = N_("En av samlingene er ikke bekreftet lenger. Last siden på nytt og velg igjen.")


class TopIsOutOfRange(DomainError):
    code = "top_is_out_of_range"
    field = "top"
    sentence = N_("Skriv hvor mange samlinger det kan bli plass til: et tall fra 1 til %(limit)s.")


class WeightIsOutOfRange(DomainError):
    code = "weight_is_out_of_range"
    sentence = N_("En vekt må være et helt tall fra 0 (teller ikke) til 10. Rett tallet.")


class NothingCounts(DomainError):
    code = "nothing_counts"
    sentence = N_("Alle vektene er 0. Gi minst ett kriterium en vekt.")


class WhyIsMissing(DomainError):
    code = "why_is_missing"
    field = "why"
    sentence = N_("Poengene er i gang. Skriv hvorfor vektene endres, så alle kan se det.")


class WeightsHaveChanged(DomainError):
    code = "weights_have_changed"
    sentence = N_("Noen andre har endret vektene mens du skrev. Se hva som gjelder nå, og lagre på nytt.")


class RoundIsUnderWay(DomainError):
    code = "round_is_under_way"
    sentence = N_("Poengene er i gang, så samlingene ligger fast. Lag en ny sak hvis andre samlinger skal veies.")


class RoundIsNotOpen(DomainError):
    code = "round_is_not_open"
    sentence = N_("Det kan ikke gis poeng i denne runden nå. Se hvor langt den er kommet på siden om runden.")


class RoundIsHandedOver(DomainError):
    code = "round_is_handed_over"
    sentence = N_("Rekkefølgen er lagt fram i saken og kan ikke endres her. Endre lista i saken.")


class RoundHasMovedOn(DomainError):
    code = "round_has_moved_on"
    sentence = N_("Runden er kommet et annet sted enn siden viste. Last siden på nytt.")


class ScoreIsOutOfRange(DomainError):
    code = "score_is_out_of_range"
    sentence = N_("Velg ett av svarene på skalaen.")


class CriterionIsNotScored(DomainError):
    code = "criterion_is_not_scored"
    sentence = N_("Dette kriteriet leses av samlingen eller teller ikke i denne runden. Last siden på nytt.")


class YouHaveNoSeat(DomainError):
    code = "you_have_no_seat"
    sentence = N_("Bare de som har plass i %(body)s i dag, kan gi poeng.")


class MunicipalityHasLeft(DomainError):
    code = "municipality_has_left"
    sentence = N_(
        "%(place)s er ikke med i regionen lenger, så plassen i %(body)s kan ikke gi poeng. "
        "Ta kontakt med kontoret hvis det er feil."
    )


class ScoresAreMissing(DomainError):
    code = "scores_are_missing"
    sentence = N_("Ingen har gitt poeng til «%(title)s» ennå. Minst ett medlem må svare på alle samlingene først.")


class ViewsAreNotShown(DomainError):
    code = "views_are_not_shown"
    sentence = N_("Uenigheten vises når poengene er gitt, så ingen lar seg påvirke av de andre. Gi dine poeng først.")


class RankingIsNotShown(DomainError):
    code = "ranking_is_not_shown"
    sentence = N_("Rekkefølgen vises når forumet har sett hvor det er uenig. Se uenigheten først.")


class OrderIsNotWhole(DomainError):
    code = "order_is_not_whole"
    sentence = N_("Hver samling må ha ett nummer, fra 1 og oppover, og ingen kan ha samme nummer. Rett numrene.")


class MoveHasNoReason(DomainError):
    code = "move_has_no_reason"
    sentence = N_("Skriv hvorfor «%(title)s» er flyttet fra plassen den fikk av poengene.")


class TextIsTooLong(DomainError):
    code = "text_is_too_long"
    sentence = N_("Begrunnelsen er for lang. Den kan ha høyst %(limit)s tegn; kort den ned.")
