from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection

from kompetanse.domains.governance import api as governance
from kompetanse.domains.governance.models import Case, CaseView
from kompetanse.domains.governance.types import (
    CaseHasChanged,
    CaseIsDecided,
    CaseIsNotOnAgenda,
    CaseIsWithdrawn,
    CaseStatus,
    MeetingIsNotYet,
    MeetingIsOfAnotherBody,
    TextIsMissing,
    ViewKind,
)
from kompetanse.domains.organisation.types import BodyKind
from kompetanse.foundation.models import Deed
from kompetanse.foundation.tenancy import tenant_scope
from kompetanse.kernel.errors import NotFound, Refused
from tests import make
from tests.make import governance as gov
from tests.make.governance import TODAY


def saved(region: make.Region, case_id: int) -> Case:
    with tenant_scope(make.system(region)):
        found: Case = Case.objects.get(pk=case_id)
        return found


class TestAddCase:
    def test_numbers_run_per_body_and_year(self) -> None:
        region = make.region()
        forum, committee = gov.body(region), gov.body(region, BodyKind.EXECUTIVE_COMMITTEE)
        system = make.system(region)
        next_year = system.at(gov.NOW.replace(year=2028))

        cases = [gov.case(region, body_id=forum), gov.case(region, body_id=forum)]
        cases.append(gov.case(region, body_id=committee))
        cases.append(governance.add_case(next_year, body_id=forum, title="Ny", proposal=""))

        references = [governance.get_case(system, case_id=case).reference for case in cases]
        assert references == ["Sak 001/27", "Sak 002/27", "Sak 001/27", "Sak 001/28"]

    def test_what_is_refused_uses_no_number(self) -> None:
        region = make.region()
        body_id = gov.body(region)
        other_body_s = gov.meeting(region, gov.body(region, BodyKind.SUBJECT_NETWORK))

        with pytest.raises(TextIsMissing):
            governance.add_case(make.system(region), body_id=body_id, title=" ")
        with pytest.raises(MeetingIsOfAnotherBody):
            governance.add_case(make.system(region), body_id=body_id, title="Sak", meeting_id=other_body_s)
        with pytest.raises(Refused):
            governance.add_case(make.context(gov.forum(region).member), body_id=body_id, title="Sak")

        assert saved(region, gov.case(region, body_id=body_id)).number == 1

    def test_eight_writers_draw_two_hundred_numbers_without_holes_or_doubles(self) -> None:
        region = make.region()
        body_id = gov.body(region)
        faults: list[BaseException] = []

        def write() -> None:
            try:
                for turn in range(25):
                    if turn % 5 == 0:  # a writer that gives up must leave no hole
                        with pytest.raises(MeetingIsOfAnotherBody):
                            governance.add_case(
                                make.system(region), body_id=body_id, title="Feil", meeting_id=elsewhere
                            )
                    governance.add_case(make.system(region), body_id=body_id, title=f"Sak {turn}")
            except BaseException as fault:
                faults.append(fault)
            finally:
                connection.close()

        elsewhere = gov.meeting(region, gov.body(region, BodyKind.SUBJECT_NETWORK))
        writers = [threading.Thread(target=write) for _ in range(8)]
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join()

        assert faults == []
        with tenant_scope(make.system(region)):
            numbers = sorted(Case.objects.filter(body_id=body_id).values_list("number", flat=True))
        assert numbers == list(range(1, 201))

    def test_is_found_by_its_reference(self) -> None:
        region = make.region()
        case_id = gov.case(region)

        for written in ("Sak 001/27", "sak 1/27", "001/2027"):
            found = governance.find_case_by_reference(make.system(region), written)
            assert found is not None
            assert found.id == case_id
        assert governance.find_case_by_reference(make.system(region), "Sak 099/27") is None
        assert governance.find_case_by_reference(make.system(region), "'; drop table") is None


class TestChangeCase:
    def test_the_second_of_two_secretaries_is_told_and_nothing_is_overwritten(self) -> None:
        region = make.region()
        case_id = gov.case(region)
        office = make.context(make.office(region))
        seen = governance.get_case(office, case_id=case_id).version

        governance.change_case(office, case_id=case_id, version=seen, title="Den første", proposal="A")
        with pytest.raises(CaseHasChanged, match="Sak 001/27"):
            governance.change_case(office, case_id=case_id, version=seen, title="Den andre", proposal="B")

        assert saved(region, case_id).title == "Den første"

    def test_refuses_what_is_decided(self) -> None:
        region = make.region()
        case_id = gov.decided_case(region)

        with pytest.raises(CaseIsDecided):
            governance.change_case(
                make.system(region), case_id=case_id, version=saved(region, case_id).version, title="Nytt"
            )


class TestPutOnAgenda:
    def test_the_agenda_is_built_in_order(self) -> None:
        region = make.region()
        body_id = gov.body(region)
        meeting_id = gov.meeting(region, body_id)
        cases = [gov.case(region, body_id=body_id) for _ in range(3)]

        for case_id in reversed(cases):
            governance.put_on_agenda(make.system(region), case_id=case_id, meeting_id=meeting_id)

        page = governance.get_meeting(make.system(region), meeting_id=meeting_id)
        assert [case.id for case in page.cases] == cases[::-1]
        assert [case.agenda_position for case in page.cases] == [1, 2, 3]

    def test_refuses_another_body_s_meeting(self) -> None:
        region = make.region()
        case_id = gov.case(region)
        other = gov.meeting(region, gov.body(region, BodyKind.EXECUTIVE_COMMITTEE))

        with pytest.raises(MeetingIsOfAnotherBody):
            governance.put_on_agenda(make.system(region), case_id=case_id, meeting_id=other)

        assert saved(region, case_id).meeting_id is None

    def test_another_region_s_case_is_not_found(self) -> None:
        region, elsewhere = make.region(), make.region()
        office = make.context(make.office(region))

        with pytest.raises(NotFound):
            governance.put_on_agenda(office, case_id=gov.case(elsewhere), meeting_id=gov.meeting(region))
        with pytest.raises(NotFound):
            governance.get_meeting(office, meeting_id=gov.meeting(elsewhere))


class TestStateView:
    def test_a_union_s_view_follows_the_case_into_the_decision(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        case_id = gov.case(region, body_id=forum.body_id, meeting_id=gov.meeting(region, forum.body_id))

        governance.state_view(make.context(forum.union), case_id=case_id, text="Vi støtter forslaget.")
        governance.state_view(make.context(forum.member), case_id=case_id, text="Enig.")
        governance.decide_case(make.context(forum.chair), case_id=case_id, decision_text="Vedtatt.")

        case = governance.get_case(make.system(region), case_id=case_id)
        assert case.union_view == f"{forum.union.account.display_name} (Fagforbundet): Vi støtter forslaget."
        views = governance.get_case_page(make.system(region), case_id=case_id).views
        assert [view.kind for view in views] == [ViewKind.UNION, ViewKind.MEMBER]

    def test_refuses_those_without_a_seat_and_closed_cases(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        case_id = gov.decided_case(region)

        with pytest.raises(Refused):
            governance.state_view(make.context(make.office(region)), case_id=case_id, text="Hei")
        with pytest.raises(CaseIsDecided):
            governance.state_view(make.context(forum.union), case_id=case_id, text="For sent")

        with tenant_scope(make.system(region)):
            assert not CaseView.objects.exists()

    def test_what_was_said_cannot_be_altered(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        case_id = gov.case(region, body_id=forum.body_id)
        governance.state_view(make.context(forum.union), case_id=case_id, text="Nei.")

        with pytest.raises(ProgrammingError, match="permission denied"), tenant_scope(make.system(region)):
            CaseView.objects.update(text="Ja.")


class TestDecideCase:
    def test_keeps_decision_union_view_and_dissent(self) -> None:
        region = make.region()
        body_id = gov.body(region)
        meeting_id = gov.meeting(region, body_id)
        case_id = gov.case(region, body_id=body_id, meeting_id=meeting_id)

        governance.decide_case(
            make.context(make.office(region)), case_id=case_id, decision_text="Listen vedtas.",
            union_view="Enige.", dissent="Tinn stemte imot.",
        )  # fmt: skip

        row = governance.get_case(make.system(region), case_id=case_id)
        assert (row.status, row.decision_text, row.union_view, row.dissent, row.meeting_id) == (
            CaseStatus.DECIDED, "Listen vedtas.", "Enige.", "Tinn stemte imot.", meeting_id,
        )  # fmt: skip
        assert row.decided_at == gov.NOW
        with tenant_scope(make.system(region)):
            assert Deed.objects.filter(tenant_id=region.tenant_id, event="CaseDecided").count() == 1

    def test_refuses_a_withdrawn_case(self) -> None:
        region = make.region()
        body_id = gov.body(region)
        case_id = gov.case(region, body_id=body_id, meeting_id=gov.meeting(region, body_id))
        governance.withdraw_case(make.system(region), case_id=case_id, why="Ikke lenger aktuell")

        with pytest.raises(CaseIsWithdrawn):
            governance.decide_case(make.system(region), case_id=case_id, decision_text="Vedtatt")

        assert saved(region, case_id).status == CaseStatus.WITHDRAWN
        assert saved(region, case_id).decision_text == ""

    def test_refuses_a_case_on_no_agenda_or_of_a_meeting_to_come(self) -> None:
        region = make.region()
        body_id = gov.body(region)
        loose = gov.case(region, body_id=body_id)
        early = gov.case(
            region, body_id=body_id, meeting_id=gov.meeting(region, body_id, held_on=TODAY + timedelta(days=1))
        )

        with pytest.raises(CaseIsNotOnAgenda):
            governance.decide_case(make.system(region), case_id=loose, decision_text="Vedtatt")
        with pytest.raises(MeetingIsNotYet, match=r"16\.3\.2027"):
            governance.decide_case(make.system(region), case_id=early, decision_text="Vedtatt")

        assert {saved(region, case).status for case in (loose, early)} == {CaseStatus.OPEN}

    def test_refuses_the_second_decision(self) -> None:
        region = make.region()
        case_id = gov.decided_case(region)

        with pytest.raises(CaseIsDecided):
            governance.decide_case(make.system(region), case_id=case_id, decision_text="Noe annet")

        assert saved(region, case_id).decision_text == "Vedtatt som foreslått."

    def test_each_body_decides_its_own(self) -> None:
        region = make.region()
        forum = gov.forum(region)
        committee = gov.forum(region, BodyKind.EXECUTIVE_COMMITTEE)
        theirs = gov.case(region, body_id=committee.body_id, meeting_id=gov.meeting(region, committee.body_id))

        for who in (forum.chair, forum.union, make.leader(region.municipalities[0])):
            with pytest.raises(Refused):
                governance.decide_case(make.context(who), case_id=theirs, decision_text="Vedtatt")
        assert saved(region, theirs).status == CaseStatus.OPEN

        governance.decide_case(make.context(committee.chair), case_id=theirs, decision_text="Vedtatt")

    def test_two_who_decide_at_once_make_one_decision(self) -> None:
        region = make.region()
        body_id = gov.body(region)
        case_id = gov.case(region, body_id=body_id, meeting_id=gov.meeting(region, body_id))
        outcomes: list[str] = []

        def decide(text: str) -> None:
            try:
                governance.decide_case(make.system(region), case_id=case_id, decision_text=text)
                outcomes.append(text)
            except CaseIsDecided:
                outcomes.append("for sent")
            finally:
                connection.close()

        deciders = [threading.Thread(target=decide, args=(text,)) for text in ("Ja", "Nei")]
        for decider in deciders:
            decider.start()
        for decider in deciders:
            decider.join()

        assert sorted(outcomes) == sorted(["for sent", saved(region, case_id).decision_text])

    def test_the_database_knows_no_decision_without_a_meeting(self) -> None:
        region = make.region()
        case_id = gov.case(region)

        with pytest.raises(IntegrityError, match="case_is_decided_by_a_meeting"), tenant_scope(make.system(region)):
            Case.objects.filter(pk=case_id).update(status=CaseStatus.DECIDED, decision_text="Vedtatt")
