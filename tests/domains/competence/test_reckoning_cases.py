"""What the histories have found, and what no history is likely to: each told once, by name."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from kompetanse.domains.competence.rules.status import Anchor
from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.types import SourceType, State
from kompetanse.foundation.tenancy import tenant_scope

from . import facts, plain
from .history import LONG_AGO, World
from .telling import begin
from .test_reckoning import Key, kept_right, read

NOW = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)
EVERYBODY = (facts.Target(TargetKind.EVERYONE),)


class TestCases:
    def setup_method(self) -> None:
        self.told = World(**begin(NOW, ("Lia sykehjem", "Skolen"), people=1, requirements=3))
        self.person = self.told.people[0]
        self.here, self.there = (unit.pk for unit in self.told.units)
        self.first, self.second, self.third = self.told.requirements

    def tell(self, *told: Any) -> None:
        with tenant_scope(self.told.ctx()):
            for one in told:
                self.told.tell(one)

    def version(self, requirement: int, **says: Any) -> facts.Version:
        version = facts.Version(0, requirement, says.pop("valid_from", LONG_AGO), None, NOW, **says)
        self.tell(version)
        return version

    def post(self, unit: int, first: date) -> None:
        self.tell(facts.Post(0, self.person, unit, "Sykepleier", first, recorded_at=NOW))

    def evidence(self, requirement: int, day: date, **told: Any) -> None:
        self.tell(facts.Evidence(0, self.person, requirement, "Kurs", day, NOW, **told))

    def statuses(self) -> dict[Key, plain.Status]:
        """As the database reads them, which is as the plain model tells them and as they are kept."""
        kept_right(self.told, NOW)
        return read(self.told, NOW)

    def status(self, requirement: int, unit: int = 0) -> plain.Status:
        return self.statuses()[self.person, unit or self.here, requirement]

    def test_since_is_the_first_day_in_any_unit(self) -> None:
        self.version(self.first, targets=EVERYBODY)
        self.post(self.here, date(2025, 1, 1))
        self.post(self.there, date(2020, 1, 1))
        assert self.status(self.first).since == date(2020, 1, 1)

    def test_law_is_not_declined(self) -> None:
        self.version(self.first, targets=EVERYBODY, source_type=SourceType.REGULATION)
        self.tell(facts.Declined(self.told.facts.versions[-1].id, NOW))
        self.post(self.here, date(2025, 1, 1))
        assert self.status(self.first).state is State.MISSING

    def test_what_is_declined_leaves_the_version_before_standing_though_its_days_are_over(self) -> None:
        self.tell(
            facts.Version(0, self.first, LONG_AGO, date(2024, 12, 31), NOW, interval=120, anchor=Anchor.COMPLETION,
                          targets=EVERYBODY)
        )  # fmt: skip
        new = self.version(
            self.first, valid_from=date(2025, 1, 1), interval=12, anchor=Anchor.COMPLETION, targets=EVERYBODY
        )
        self.post(self.here, date(2025, 1, 1))
        self.evidence(self.first, date(2020, 6, 1))
        assert self.status(self.first).ends == date(2021, 6, 1)
        self.tell(facts.Declined(new.id, NOW))
        assert self.status(self.first).ends == date(2030, 6, 1)

    def test_what_is_asked_of_somebody_is_not_dated_by_a_combination_that_names_it(self) -> None:
        """Credit for the second is counted from the post that asks for it, not from an older one for the first."""
        self.version(self.first, targets=EVERYBODY, members=(facts.Member(1, self.second),))
        self.version(self.second, targets=(facts.Target(TargetKind.UNIT, "skole"),), credit=12)
        self.post(self.here, date(2015, 1, 1))
        self.post(self.there, date(2025, 1, 1))
        self.evidence(self.second, date(2014, 6, 1))
        assert self.status(self.second, self.there).state is State.MISSING
        assert self.status(self.first).state is State.MISSING

    def test_a_member_that_is_not_asked_for_itself_is_dated_by_what_names_it(self) -> None:
        self.version(self.first, targets=EVERYBODY, members=(facts.Member(1, self.second),))
        self.version(self.second, targets=(facts.Target(TargetKind.LEADER),), credit=12)
        self.post(self.here, date(2015, 1, 1))
        self.evidence(self.second, date(2014, 6, 1))
        assert self.status(self.first).state is State.HELD

    def test_only_an_issuer_may_know_an_older_certificate(self) -> None:
        """What covers has a day of its own, but no issuer has told it: it lasts no longer for that."""
        rule = {"interval": 12, "anchor": Anchor.PREVIOUS_EXPIRY, "early": 6}
        self.version(self.first, targets=EVERYBODY, **rule)
        self.version(self.second, interval=60, anchor=Anchor.COMPLETION)
        self.tell(facts.Equivalence(self.first, self.second, LONG_AGO, None, NOW))
        self.post(self.here, date(2025, 1, 1))
        self.evidence(self.second, date(2025, 1, 1))
        assert self.status(self.first).ends == date(2026, 1, 1)
        self.evidence(self.second, date(2025, 1, 1), valid_to=date(2026, 4, 1))
        assert self.status(self.first).ends == date(2026, 4, 1)

    def test_no_version_no_rule_of_the_municipality_s_own(self) -> None:
        """A stricter interval is stricter than something: what no version says anything of runs out by no rule."""
        self.version(self.first, targets=EVERYBODY)
        self.tell(
            facts.Equivalence(self.first, self.second, LONG_AGO, None, NOW),
            facts.LocalRule(self.second, 1, LONG_AGO, None, NOW),
        )
        self.post(self.here, date(2025, 1, 1))
        self.evidence(self.second, date(2020, 1, 1))
        assert (self.status(self.first).state, self.status(self.first).ends) == (State.HELD, None)

    def test_a_municipality_s_interval_where_the_version_has_none_is_counted_from_completion(self) -> None:
        self.version(self.first, targets=EVERYBODY)
        self.tell(facts.LocalRule(self.first, 12, LONG_AGO, None, NOW))
        self.post(self.here, date(2025, 1, 1))
        self.evidence(self.first, date(2025, 3, 1))
        assert self.status(self.first).ends == date(2026, 3, 1)

    def test_a_group_lasts_as_long_as_the_points_that_reach(self) -> None:
        self.version(self.first, targets=EVERYBODY, members=(facts.Member(1, self.second, Decimal(30)),))
        self.version(self.second, interval=12, anchor=Anchor.COMPLETION)
        self.post(self.here, date(2025, 1, 1))
        for month, points in ((1, 10), (2, 10), (3, 15), (4, None)):
            self.evidence(self.second, date(2025, month, 1), points=None if points is None else Decimal(points))
        assert self.status(self.first).ends == date(2026, 1, 1)

    def test_of_two_of_a_day_the_later_in_the_ledger_is_the_later(self) -> None:
        self.version(self.first, targets=EVERYBODY, interval=12, anchor=Anchor.PREVIOUS_EXPIRY, early=12)
        self.post(self.here, date(2025, 1, 1))
        self.evidence(self.first, date(2025, 5, 1))
        self.evidence(self.first, date(2025, 5, 1))
        assert self.status(self.first).ends == date(2027, 5, 1)
