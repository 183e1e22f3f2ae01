from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from kompetanse.domains.assessments import api as assessments
from kompetanse.domains.assessments.models import Rating
from kompetanse.domains.assessments.types import (
    CampaignIsNotOpen,
    CommentIsTooLong,
    Level,
    LevelIsUnknown,
    PeerIsNotColleague,
    Progress,
    RaterIsNotAsked,
    RaterKind,
    RatingInput,
    RatingRow,
    RequirementIsNotTheirs,
    UnknownEmployee,
)
from kompetanse.domains.organisation.models import Post
from kompetanse.domains.organisation.types import Role
from kompetanse.foundation.privacy import export_person
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import DomainError, NotFound, Refused
from tests import make
from tests.make import assessments as made
from tests.make.competence import of


class Ward:
    """A leader, two care workers, and an open campaign about medicines."""

    def __init__(self, *, asks_self: bool = True, asks_manager: bool = True) -> None:
        self.region = make.region(municipalities=2)
        self.town = self.region.municipalities[0]
        self.unit = make.unit(self.town)
        self.boss = make.leader(self.town, self.unit)
        self.kari, self.ola = make.employee(self.town, self.unit), make.employee(self.town, self.unit)
        self.key = made.requirement()
        told = made.told(self.town, requirements=[self.key], asks_self=asks_self, asks_manager=asks_manager)
        self.id = made.campaign(self.town, told)

    def said(self, who: make.Who | None = None) -> dict[RaterKind, RatingRow]:
        page = assessments.get_about(make.context(self.kari), employee_id=of(who or self.kari).id)
        return {row.kind: row for item in page.items for row in item.ratings}

    def count(self) -> int:
        with tenant_scope(make.system(self.region)):
            return Rating.objects.filter(tenant_id=self.town.tenant_id).count()

    def rate(self, who: make.Who, level: int = 2, of_: make.Who | None = None) -> Progress:
        return assessments.rate_person(
            make.context(who), campaign_id=self.id, employee_id=of(of_ or self.kari).id,
            answers=made.answers([self.key], level),
        )  # fmt: skip


class TestSideBySide:
    def test_each_kind_stands_for_itself_and_the_newest_of_each_counts(self) -> None:
        ward = Ward()
        ctx = make.context(ward.kari)
        assert assessments.answer_self(ctx, campaign_id=ward.id, answers=made.answers([ward.key], 4)) is Progress.DONE
        assert ward.rate(ward.boss, 2) is Progress.DONE
        assessments.answer_self(ctx, campaign_id=ward.id, answers=made.answers([ward.key], 3, "Sikrere enn før"))

        said = ward.said()
        assert {kind: row.level for kind, row in said.items()} == {
            RaterKind.SELF: Level.INDEPENDENT,
            RaterKind.MANAGER: Level.SUPPORTED,
        }
        assert said[RaterKind.SELF].comment == "Sikrere enn før"
        assert said[RaterKind.MANAGER].rater == of(ward.boss).name
        assert ward.count() == 3  # nothing is overwritten

    def test_saying_the_same_again_writes_nothing(self) -> None:
        ward = Ward()
        for _ in range(2):
            ward.rate(ward.boss)
        assert ward.count() == 1

    def test_a_rating_is_never_altered_even_by_our_own_code(self) -> None:
        ward = Ward()
        ward.rate(ward.boss)
        with tenant_scope(make.system(ward.region)):
            with pytest.raises(DatabaseError), transaction.atomic():
                Rating.objects.filter(tenant_id=ward.town.tenant_id).update(level=4)
            row = Rating.objects.filter(tenant_id=ward.town.tenant_id)[0]
            with pytest.raises(DatabaseError), transaction.atomic():
                Rating.objects.create(
                    tenant_id=row.tenant_id, employee_id=row.employee_id, requirement_id=row.requirement_id,
                    kind=RaterKind.SELF, level=1, rater_id=row.rater_id, rated_at=row.rated_at,
                )  # fmt: skip


class TestOnlyWhatIsRequired:
    def test_nothing_else_can_be_rated(self) -> None:
        ward = Ward()
        other = made.requirement("HLR")  # required of Kari, but not asked in this campaign
        foreign = made.requirement("VARSLING1")  # not required of a care worker at all
        for key in (other, foreign):
            with pytest.raises(RequirementIsNotTheirs):
                assessments.answer_self(
                    make.context(ward.kari), campaign_id=ward.id, answers=made.answers([ward.key, key])
                )
        assert ward.count() == 0

    def test_somebody_of_whom_it_is_not_required_is_not_asked(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        clerk = make.employee(town, unit, title="Arkivar")
        campaign_id = made.campaign(town, made.told(town, requirements=[made.requirement()]))
        with pytest.raises(NotFound):
            assessments.get_answer_page(make.context(clerk), campaign_id=campaign_id)

    def test_a_level_is_one_of_four_and_a_comment_is_short(self) -> None:
        ward = Ward()
        for answer, error in ((RatingInput(5), LevelIsUnknown), (RatingInput(3, "x" * 201), CommentIsTooLong)):
            with pytest.raises(error):
                assessments.answer_self(make.context(ward.kari), campaign_id=ward.id, answers={ward.key: answer})
        assert ward.count() == 0


class TestTheLeader:
    def test_rates_only_those_led(self) -> None:
        ward = Ward()
        elsewhere = make.leader(ward.town, make.unit(ward.town))
        hr = make.with_role(ward.region, Role.HR, town=ward.town)
        neighbour = make.leader(ward.region.municipalities[1])
        for who in (elsewhere, hr, ward.ola, neighbour, ward.kari):
            with pytest.raises(DomainError):
                ward.rate(who)
        with pytest.raises(NotFound):
            ward.rate(ward.boss, of_=ward.boss)  # nobody is their own leader
        assert ward.count() == 0

    def test_registers_a_persons_own_word_and_is_seen_to_have(self) -> None:
        ward = Ward()
        done = assessments.answer_for(
            make.context(ward.boss), campaign_id=ward.id, employee_id=of(ward.kari).id,
            answers=made.answers([ward.key], 1),
        )  # fmt: skip
        assert done is Progress.DONE
        (row,) = ward.said().values()
        assert (row.kind, row.rater, row.through) == (RaterKind.SELF, of(ward.kari).name, of(ward.boss).name)
        page = assessments.get_people_page(make.context(ward.boss), campaign_id=ward.id)
        assert {who.name: who.through for who in page.people}[of(ward.kari).name] == of(ward.boss).name

    def test_with_posts_under_two_leaders_each_rates_their_own_and_either_registers_all(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        ward, garage = make.unit(town), make.unit(town, sector="Teknisk")
        boss, other = make.leader(town, ward), make.leader(town, garage)
        kari = make.employee(town, ward)
        with tenant_scope(make.system(region)):
            Post.objects.create(
                tenant_id=town.tenant_id, employee=of(kari), unit=garage, employee_number="99999", is_main=False,
                position_title="Vaktmester", valid_from=date(2021, 1, 1),
            )  # fmt: skip
        campaign_id = made.campaign(town, made.told(town, units=[ward.pk]))
        mine = {it.requirement_id for it in made.items_of(kari, campaign_id)}
        rated = assessments.get_rating_page(make.context(boss), campaign_id=campaign_id, employee_id=of(kari).id)
        led = {it.requirement_id for it in rated.items}
        assert led < mine
        with pytest.raises(RequirementIsNotTheirs):
            assessments.rate_person(
                make.context(boss), campaign_id=campaign_id, employee_id=of(kari).id, answers=made.answers(mine)
            )
        with pytest.raises(Refused):
            assessments.get_rating_page(make.context(other), campaign_id=campaign_id, employee_id=of(kari).id)
        done = assessments.answer_for(
            make.context(boss), campaign_id=campaign_id, employee_id=of(kari).id, answers=made.answers(mine)
        )
        assert done is Progress.DONE

    def test_cannot_register_for_others_people(self) -> None:
        ward = Ward()
        elsewhere = make.leader(ward.town, make.unit(ward.town))
        with pytest.raises(Refused):
            assessments.answer_for(
                make.context(elsewhere), campaign_id=ward.id, employee_id=of(ward.kari).id,
                answers=made.answers([ward.key]),
            )  # fmt: skip
        assert ward.count() == 0

    def test_is_not_heard_where_only_the_person_is_asked(self) -> None:
        ward = Ward(asks_manager=False)
        with pytest.raises(RaterIsNotAsked):
            ward.rate(ward.boss)
        ward = Ward(asks_self=False)
        with pytest.raises(RaterIsNotAsked):
            assessments.answer_self(make.context(ward.kari), campaign_id=ward.id, answers={})


class TestColleague:
    def test_is_named_by_the_person_or_the_leader_and_sees_no_others_words(self) -> None:
        ward = Ward()
        ward.rate(ward.boss)
        for asks in (ward.kari, ward.boss):
            invitation = assessments.invite_peer(
                make.context(asks), employee_id=of(ward.kari).id, peer_id=of(ward.ola).id, campaign_id=ward.id
            )
        page = assessments.get_peer_page(make.context(ward.ola), invitation_id=invitation)
        assert [item.requirement_id for item in page.items] == [ward.key]
        assert page.items[0].ratings == ()

        done = assessments.rate_as_peer(
            make.context(ward.ola), invitation_id=invitation, answers=made.answers([ward.key], 3)
        )
        assert done is Progress.DONE
        assert {kind: row.level for kind, row in ward.said().items()} == {RaterKind.MANAGER: 2, RaterKind.PEER: 3}

    def test_nobody_else_may_ask_or_answer(self) -> None:
        ward = Ward()
        near = make.employee(ward.region.municipalities[1])
        with pytest.raises(DomainError):
            assessments.invite_peer(make.context(ward.ola), employee_id=of(ward.kari).id, peer_id=of(ward.ola).id)
        for peer in (ward.kari, near):
            with pytest.raises(PeerIsNotColleague):
                assessments.invite_peer(make.context(ward.kari), employee_id=of(ward.kari).id, peer_id=of(peer).id)
        invitation = assessments.invite_peer(
            make.context(ward.kari), employee_id=of(ward.kari).id, peer_id=of(ward.ola).id
        )
        for who in (ward.boss, ward.kari):
            with pytest.raises(Refused):
                assessments.rate_as_peer(make.context(who), invitation_id=invitation, answers=made.answers([ward.key]))
        assert ward.count() == 0


class TestExpert:
    def mandate(self, ward: Ward, who: make.Who) -> int:
        assert who.post is not None
        return assessments.give_mandate(
            make.context(make.with_role(ward.region, Role.HR, town=ward.town)), tenant_id=ward.town.tenant_id,
            requirement_id=ward.key, employee_number=who.post.employee_number,
        )  # fmt: skip

    def test_rates_the_one_requirement_of_those_who_are_asked(self) -> None:
        ward = Ward()
        expert = make.employee(ward.town, make.unit(ward.town), title="Fagutvikler")
        mandate = self.mandate(ward, expert)
        ctx = make.context(expert)
        page = assessments.get_expert_page(ctx, mandate_id=mandate)
        assert {of(ward.kari).id, of(ward.ola).id} <= {who.employee_id for who in page.people}
        made_ = assessments.rate_as_expert(ctx, mandate_id=mandate, answers={of(ward.kari).id: RatingInput(3)})
        assert made_ == 1
        assert ward.said()[RaterKind.EXPERT].rater == of(expert).name
        with pytest.raises(RequirementIsNotTheirs):
            assessments.rate_as_expert(ctx, mandate_id=mandate, answers={of(expert).id: RatingInput(3)})

    def test_a_mandate_is_given_by_hr_and_ends(self) -> None:
        ward = Ward()
        expert = make.employee(ward.town, make.unit(ward.town))
        mandate = self.mandate(ward, expert)
        assert self.mandate(ward, expert) == mandate
        hr = make.context(make.with_role(ward.region, Role.HR, town=ward.town))
        assert [row.id for row in assessments.list_mandates(hr)] == [mandate]
        with pytest.raises(UnknownEmployee):
            assessments.give_mandate(
                hr, tenant_id=ward.town.tenant_id, requirement_id=ward.key, employee_number="finnes ikke"
            )
        with pytest.raises(Refused):
            assessments.end_mandate(make.context(ward.boss), mandate_id=mandate)
        assessments.end_mandate(hr, mandate_id=mandate)
        tomorrow = make.context(expert, make.organisation.NOW.replace(day=16))
        with pytest.raises(NotFound):
            assessments.rate_as_expert(tomorrow, mandate_id=mandate, answers={of(ward.kari).id: RatingInput(3)})
        assert ward.count() == 0


class TestWhoReads:
    def test_the_person_the_leader_and_hr_and_no_others(self) -> None:
        ward = Ward()
        ward.rate(ward.boss)
        hr = make.with_role(ward.region, Role.HR, town=ward.town)
        for who in (ward.kari, ward.boss, hr):
            page = assessments.get_about(make.context(who), employee_id=of(ward.kari).id)
            assert [row.level for item in page.items for row in item.ratings] == [2]
        shut_out = [
            ward.ola,
            make.leader(ward.town, make.unit(ward.town)),
            make.with_role(ward.region, Role.CONTACT_PERSON, town=ward.town),
            make.office(ward.region),
            make.with_role(ward.region, Role.SYSTEM_ADMINISTRATOR),
            make.with_role(ward.region, Role.FORUM_MEMBER),
            make.with_role(ward.region, Role.HR, town=ward.region.municipalities[1]),
        ]
        for who in shut_out:
            with pytest.raises(DomainError):
                assessments.get_about(make.context(who), employee_id=of(ward.kari).id)

    def test_the_person_is_given_all_of_it(self) -> None:
        ward = Ward()
        ward.rate(ward.boss)
        (page,) = assessments.list_about(make.context(ward.kari))
        assert page.is_own
        with tenant_scope(make.context(ward.kari)):
            kept = export_person(ward.kari.person_id)
        assert [row["level"] for row in kept["assessments.Rating"]] == [2]
        assert len(kept["assessments.Participant"]) == 1

    def test_an_unopened_or_closed_campaign_takes_no_answers(self) -> None:
        ward = Ward()
        assessments.close_campaign(make.system(ward.region), campaign_id=ward.id)
        with pytest.raises(CampaignIsNotOpen):
            ward.rate(ward.boss)
        with pytest.raises(CampaignIsNotOpen):
            assessments.answer_self(make.context(ward.kari), campaign_id=ward.id, answers=made.answers([ward.key]))
        draft = made.campaign(ward.town, opened=False)
        with pytest.raises(NotFound):
            assessments.answer_self(make.context(ward.kari), campaign_id=draft, answers={})
        assert ward.count() == 0
