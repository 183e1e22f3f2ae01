"""Publishing the region's gap: who may, when, and what is kept of it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from kompetanse.domains.competence import api as competence
from kompetanse.domains.competence.models import PublishedGap
from kompetanse.domains.competence.rules import published as rules
from kompetanse.domains.competence.types import GapsAlreadyPublished, GapsRest
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.context import Context
from kompetanse.kernel.errors import NotFound, Refused
from kompetanse.kernel.suppression import REQUIRED, Shown
from tests import make
from tests.make import competence as made
from tests.make.organisation import NOW

ROLES = (
    Role.FORUM_MEMBER, Role.UNION_REPRESENTATIVE, Role.CHIEF_EXECUTIVE, Role.NETWORK_MEMBER, Role.COURSE_ADMINISTRATOR,
    Role.SYSTEM_ADMINISTRATOR,
)  # fmt: skip


def on(ctx: Context, day: date) -> Context:
    return ctx.at(datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


class Region:
    """Two municipalities: sixteen care workers in the first, of whom six have shown it, and three in the other."""

    @pytest.fixture(autouse=True)
    def a_region(self) -> None:
        made.register()
        self.region = make.region(municipalities=2)
        self.here, self.there = self.region.municipalities
        self.unit = make.unit(self.here)
        self.people = [make.employee(self.here, self.unit) for _ in range(16)]
        for who in self.people[:6]:
            made.evidence(who, "LEGEMIDDEL")
        for _ in range(3):
            make.employee(self.there)
        self.ctx = make.system(self.region)
        self.office = make.context(make.office(self.region))

    def publish(self, ctx: Context | None = None) -> int | None:
        return competence.publish_gaps(ctx or self.ctx, region_id=self.region.tenant_id)

    def rows(self) -> list[PublishedGap]:
        with tenant_scope(self.ctx):
            return list(PublishedGap.objects.filter(tenant_id=self.region.tenant_id).order_by("published_on"))

    def told(self, code: str = "LEGEMIDDEL") -> tuple[rules.Told, int]:
        row = self.rows()[-1]
        key = next(int(key) for key, told in row.told["rows"].items() if told["code"] == code)
        return rules.unpacked(row.told), key


class TestPublishGaps(Region):
    def test_counts_people_and_hides_small_numbers(self) -> None:
        self.publish()
        told, key = self.told()
        here = rules.cell_of(told, key, self.here.tenant_id)
        # 6 hold it, nobody's runs out, 10 lack it: a bound that takes up the small one would not stay clear of it.
        assert here.required == Shown(16, 16)
        assert here.grade is rules.Grade.HIDDEN
        assert rules.cell_of(told, key, self.there.tenant_id).required == Shown(1, 4)

    def test_counts_a_person_once_who_works_in_two_units(self) -> None:
        from kompetanse.domains.organisation.models import Post

        other = make.unit(self.here)
        with tenant_scope(self.ctx):
            for who in self.people[:3]:
                post = made.of_post(who)
                Post.objects.create(
                    tenant_id=post.tenant_id,
                    employee_id=post.employee_id,
                    unit=other,
                    position_title="Helsefagarbeider",
                    employee_number=post.employee_number,
                    is_main=False,
                    valid_from=date(2021, 1, 1),
                )
        self.publish()
        told, key = self.told()
        assert told.cell(key, self.here.tenant_id, REQUIRED) == Shown(16, 16)

    def test_counts_those_on_leave_with_those_who_hold_it(self) -> None:
        for who in self.people[6:]:
            made.on_leave(who, date(2027, 1, 1), None)
        self.publish()
        told, key = self.told()
        line = rules.cell_of(told, key, self.here.tenant_id)
        assert line.required == Shown(16, 16)
        assert line.missing.under
        assert line.held.least >= 8

    def test_keeps_no_true_count_of_what_is_hidden(self) -> None:
        self.publish()
        row = self.rows()[-1]
        for told in row.told["rows"].values():
            for bounds in told["cells"].values():
                for least, most in zip(bounds[::2], bounds[1::2], strict=True):
                    assert least != most or least == 0 or least >= 5
        assert set(json.loads(json.dumps(row.summary))[0]) == {"id", "nb", "nn", "missing", "required"}

    def test_is_for_the_office_and_the_system(self) -> None:
        for role in (Role.FORUM_MEMBER, Role.CHIEF_EXECUTIVE):
            with pytest.raises((Refused, NotFound)):
                self.publish(make.context(make.with_role(self.region, role)))
        with pytest.raises((Refused, NotFound)):
            self.publish(make.context(make.with_role(self.region, Role.HR, town=self.here)))
        with pytest.raises(NotFound):
            self.publish(make.context(make.office(make.region())))
        assert not self.rows()
        assert self.publish(self.office)

    def test_never_publishes_a_region_of_which_a_part_is_out_of_sight(self) -> None:
        narrow = Context(self.ctx.actor, self.ctx.tenants - {self.there.tenant_id}, self.ctx.now)
        with pytest.raises(NotFound):
            self.publish(narrow)
        assert not self.rows()

    def test_publishes_once_a_day_for_a_person_and_once_a_month_by_itself(self) -> None:
        assert self.publish()
        assert self.publish() is None
        assert self.publish(on(self.ctx, date(2027, 3, 31))) is None
        with pytest.raises(GapsAlreadyPublished):
            self.publish(self.office)
        assert self.publish(self.office.at(NOW + timedelta(days=1)))
        assert self.publish(on(self.ctx, date(2027, 4, 1)))
        assert len(self.rows()) == 3

    def test_rests_before_a_new_series(self) -> None:
        assert self.publish()
        with pytest.raises(GapsRest):
            self.publish(on(self.office, date(2027, 6, 20)))
        assert self.publish(on(self.ctx, date(2027, 6, 20))) is None
        assert self.publish(on(self.office, date(2027, 7, 1)))
        assert [row.series for row in self.rows()] == [date(2027, 1, 1), date(2027, 7, 1)]

    def test_checks_a_table_against_the_one_before_in_its_series_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen: list[rules.Told | None] = []
        told_of = rules.told_of

        def spy(*args: object) -> rules.Told:
            seen.append(args[-1])  # type: ignore[arg-type]
            return told_of(*args)  # type: ignore[arg-type]

        monkeypatch.setattr(rules, "told_of", spy)
        for day in (date(2027, 3, 15), date(2027, 4, 1), date(2027, 7, 1)):
            self.publish(on(self.ctx, day))
        first = rules.unpacked(self.rows()[0].told)
        assert seen[0] is None
        assert seen[1] == first
        assert seen[2] is None


class TestReading(Region):
    @pytest.mark.parametrize("role", ROLES)
    def test_is_open_to_those_who_weigh_and_decide(self, role: Role) -> None:
        self.publish()
        ctx = make.context(make.with_role(self.region, role))
        found = competence.get_gap_forum(ctx)
        assert found.table is not None
        assert [place.tenant_id for place in found.table.municipalities] == [self.here.tenant_id, self.there.tenant_id]
        assert found.may_publish is (role in (Role.COURSE_ADMINISTRATOR, Role.SYSTEM_ADMINISTRATOR))

    @pytest.mark.parametrize("role", [Role.HR, Role.CONTACT_PERSON, Role.CHIEF_EXECUTIVE])
    def test_is_open_to_those_who_answer_for_a_column(self, role: Role) -> None:
        self.publish()
        ctx = make.context(make.with_role(self.region, role, town=self.there))
        assert competence.get_gap_forum(ctx).table is not None

    def test_is_closed_to_others(self) -> None:
        table_id = self.publish()
        for who in (self.people[0], make.leader(self.here, self.unit)):
            with pytest.raises(Refused):
                competence.get_gap_forum(make.context(who))
            with pytest.raises(Refused):
                competence.get_gap_trend(make.context(who))
            assert competence.find_latest_gaps(make.context(who)) is None
        stranger = make.context(make.with_role(make.region(), Role.FORUM_MEMBER))
        assert competence.get_gap_forum(stranger).table is None
        with pytest.raises(NotFound):
            competence.get_gap_forum(stranger, table_id=table_id)

    def test_summary_is_one_question_and_tells_the_most_lacking_first(self) -> None:
        from tests.make.queries import counted

        forum = make.context(make.with_role(self.region, Role.FORUM_MEMBER))
        assert competence.find_latest_gaps(forum) is None
        self.publish()
        with tenant_scope(forum), counted() as asked:
            found = competence.find_latest_gaps(forum)
        assert len(asked) == 1
        assert found is not None
        assert found.published_on == NOW.date()
        assert [row.missing.least for row in found.lacking] == sorted(
            (row.missing.least for row in found.lacking), reverse=True
        )

    def test_trend_is_the_last_table_of_each_month(self) -> None:
        self.publish()
        self.publish(on(self.office, date(2027, 3, 20)))
        self.publish(on(self.ctx, date(2027, 4, 1)))
        forum = make.context(make.with_role(self.region, Role.FORUM_MEMBER), on(self.ctx, date(2027, 4, 2)).now)
        whole = competence.get_gap_trend(forum)
        assert [month.published_on for month in whole.months] == [date(2027, 3, 20), date(2027, 4, 1)]
        key = next(row.id for row in whole.requirements if row.code == "LEGEMIDDEL")
        one = competence.get_gap_trend(forum, requirement_id=key)
        assert [month.told for month in one.months] == [month.told.select([key]) for month in whole.months]
        with pytest.raises(NotFound):
            competence.get_gap_trend(forum, requirement_id=10**12)
