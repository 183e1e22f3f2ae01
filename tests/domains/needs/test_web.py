from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from kompetanse.domains.competence import api as competence
from kompetanse.domains.needs import api as needs
from kompetanse.domains.needs.types import Origin, PoolStatus, Stage
from kompetanse.domains.organisation.types import Role
from tests import make
from tests.make import competence as make_competence
from tests.make import governance as make_governance
from tests.make import needs as make_needs
from tests.make import queries


def browser(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


class TestNewNeed:
    def test_is_told_in_three_fields_with_the_unit_chosen(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town, "Heimtun sykehjem")
        client = browser(make.leader(town, unit))

        page = client.get("/behov/nytt/")
        assert f'value="u{unit.pk}" selected' in text(page)
        answer = client.post(
            "/behov/nytt/", {"place": f"u{unit.pk}", "title": "Palliasjon", "people": "7"}, follow=True
        )

        assert answer.status_code == 200
        assert "Behovet er meldt" in text(answer)
        found = needs.list_needs(make.system(region))
        assert [(it.title, it.people, it.unit_id, it.origin) for it in found] == [
            ("Palliasjon", 7, unit.pk, Origin.HAND)
        ]

    def test_is_filled_in_from_a_gap(self) -> None:
        make_competence.register()
        requirement = competence.list_requirements()[0]
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        client = browser(make.leader(town, unit))

        page = text(client.get(f"/behov/nytt/?unit={unit.pk}&requirement={requirement.code}&people=4"))
        assert f'value="{requirement.code}"' in page
        assert 'value="4"' in page
        client.post(
            "/behov/nytt/",
            {"place": f"u{unit.pk}", "title": requirement.name, "people": "4", "requirement": requirement.code},
        )

        found = needs.list_needs(make.system(region))
        assert [(it.requirement_code, it.origin, it.people) for it in found] == [(requirement.code, Origin.GAP, 4)]

    @pytest.mark.parametrize("people", ["-3", "40000", "mange"])
    def test_says_what_to_write_and_keeps_what_was_typed(self, people: str) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        client = browser(make.leader(town, unit))

        answer = client.post("/behov/nytt/", {"place": f"u{unit.pk}", "title": "Palliasjon", "people": people})

        assert answer.status_code == 422
        assert "fra 1 til 10 000" in text(answer)
        assert 'value="Palliasjon"' in text(answer)
        assert needs.list_needs(make.system(region)) == []

    def test_offers_and_takes_no_place_that_is_not_ones_own(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        mine, other = make.unit(town), make.unit(town)
        client = browser(make.leader(town, mine))

        answer = client.post("/behov/nytt/", {"place": f"u{other.pk}", "title": "Palliasjon"})

        assert answer.status_code == 422
        assert f"u{other.pk}" not in text(client.get("/behov/nytt/"))
        assert needs.list_needs(make.system(region)) == []

    def test_refuses_an_ordinary_employee(self) -> None:
        region = make.region()
        client = browser(make.employee(region.municipalities[0]))

        assert client.get("/behov/nytt/").status_code == 403


class TestNeedPages:
    def test_lists_needs_with_what_became_of_them(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        make_needs.need(region, town, "Palliasjon <b>og</b> mer")
        client = browser(make.with_role(region, Role.HR, town=town))

        page = text(client.get("/behov/"))

        assert "Palliasjon &lt;b&gt;og&lt;/b&gt; mer" in page
        assert "Ingen andre kommuner har meldt det samme så langt." in page
        assert "Ingen behov her" in text(client.get("/behov/?q=noeannet&stage=withdrawn&kind=learn"))
        assert client.get("/behov/?stage=tull&fra=99999999999").status_code == 200

    def test_lets_the_reporter_withdraw(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        unit = make.unit(town)
        who = make.leader(town, unit)
        need_id = make_needs.need(region, town, at=unit, ctx=make.context(who))
        client = browser(who)

        assert "Trekk behovet" in text(client.get(f"/behov/{need_id}/"))
        answer = client.post(f"/behov/{need_id}/", {"why": "Løst"}, follow=True)

        assert "Behovet er trukket." in text(answer)
        assert needs.what_became_of(make.system(region), need_id=need_id).stage is Stage.WITHDRAWN

    def test_is_not_found_from_another_municipality_and_refused_to_a_colleague(self) -> None:
        region = make.region(municipalities=2)
        town, other = region.municipalities
        need_id = make_needs.need(region, town)

        assert browser(make.with_role(region, Role.HR, town=other)).get(f"/behov/{need_id}/").status_code == 404
        assert browser(make.employee(town)).get(f"/behov/{need_id}/").status_code == 403


@pytest.fixture
def world() -> tuple[make.Region, list[int]]:
    region = make.region(municipalities=2)
    told = [make_needs.need(region, town, "Palliasjon", statutory=True) for town in region.municipalities]
    told.append(make_needs.need(region, region.municipalities[0], "Grønne sko", reason="Hemmelig grunn"))
    make_needs.pooled(region)
    return region, told


class TestPoolPages:
    def test_lets_the_office_confirm_several_at_once(self, world: tuple[make.Region, list[int]]) -> None:
        region, told = world
        client = browser(make.office(region))
        pools = {make_needs.pool_of(region, need_id) for need_id in told}

        board = text(client.get("/samlinger/"))
        assert "Palliasjon" in board
        assert "Bekreft de valgte" in board
        answer = client.post("/samlinger/", {"act": "confirm", "pool": sorted(pools)}, follow=True)

        assert "2 samlinger er bekreftet." in text(answer)
        assert {make_needs.stored_pool(region, it).status for it in pools} == {PoolStatus.CONFIRMED}

    @pytest.mark.parametrize("sort", ["", "people", "statutory", "unsure", "title", "tull"])
    def test_sorts_and_narrows(self, world: tuple[make.Region, list[int]], sort: str) -> None:
        client = browser(make.office(world[0]))

        page = text(client.get(f"/samlinger/?sort={sort}&q=grønne&status=suggested"))

        assert "Grønne sko" in page
        assert "Palliasjon" not in page

    def test_suggests_anew_by_a_button(self, world: tuple[make.Region, list[int]]) -> None:
        region, told = world
        new = make_needs.need(region, region.municipalities[1], "Palliasjon")

        answer = browser(make.office(region)).post("/samlinger/", {"act": "suggest"}, follow=True)

        assert "regnet ut på nytt" in text(answer)
        assert make_needs.pool_of(region, new) == make_needs.pool_of(region, told[0])

    def test_lets_the_office_split_move_and_merge(self, world: tuple[make.Region, list[int]]) -> None:
        region, told = world
        client = browser(make.office(region))
        here, there = (make_needs.pool_of(region, told[i]) for i in (0, 2))
        share = needs.find_share_of(make.system(region), need_id=told[1])
        assert share is not None

        client.post(f"/samlinger/{here}/", {"act": "split", "share": share.id})
        split = make_needs.pool_of(region, told[1])
        assert split not in (here, there)
        client.post(f"/samlinger/{split}/", {"act": "move", "share": share.id, "target": there})
        assert make_needs.pool_of(region, told[1]) == there
        client.post(f"/samlinger/{there}/", {"act": "merge", "target": here})

        assert {make_needs.pool_of(region, it) for it in told} == {here}
        assert f"SAMLING-{here}" in text(client.get(f"/samlinger/{there}/"))

    def test_says_what_to_choose_and_changes_nothing(self, world: tuple[make.Region, list[int]]) -> None:
        region, told = world
        client = browser(make.office(region))
        before = make_needs.membership(region)
        pool_id = make_needs.pool_of(region, told[0])

        for sent, said in (
            ({"act": "split"}, "Velg minst ett behov"),
            ({"act": "move", "share": "1"}, "Velg en annen samling"),
            ({"act": "merge"}, "Velg en annen samling"),
        ):
            answer = client.post(f"/samlinger/{pool_id}/", sent)
            assert answer.status_code == 422
            assert said in text(answer)

        assert make_needs.membership(region) == before

    def test_shows_the_forum_numbers_and_no_buttons(self, world: tuple[make.Region, list[int]]) -> None:
        region, told = world
        client = browser(make.with_role(region, Role.FORUM_MEMBER))

        page = text(client.get(f"/samlinger/{make_needs.pool_of(region, told[0])}/"))
        board = text(client.get("/samlinger/"))

        assert region.municipalities[1].name in page
        assert f"/behov/{told[0]}/" not in page
        assert "Hemmelig grunn" not in text(client.get(f"/samlinger/{make_needs.pool_of(region, told[2])}/"))
        assert "Bekreft" not in page.replace("Bekreftet", "")
        assert "Bekreft de valgte" not in board
        pool_id = make_needs.pool_of(region, told[0])
        assert client.post(f"/samlinger/{pool_id}/", {"act": "confirm"}).status_code == 403
        assert make_needs.stored_pool(region, pool_id).status == PoolStatus.SUGGESTED

    def test_refuses_a_leader_and_hides_another_regions_pool(self, world: tuple[make.Region, list[int]]) -> None:
        region, told = world
        pool_id = make_needs.pool_of(region, told[0])

        assert browser(make.leader(region.municipalities[0])).get("/samlinger/").status_code == 403
        assert browser(make.office(make.region())).get(f"/samlinger/{pool_id}/").status_code == 404

    def test_asks_the_same_number_of_questions_for_2_and_20(self) -> None:
        region = make.region(municipalities=2)
        client = browser(make.office(region))

        def ask(rows: int) -> tuple[int, int]:
            for i in range(rows):
                make_needs.need(region, region.municipalities[i % 2], f"Behov {'abcdefghijklmnopqrst'[i] * 5}")
            counts = []
            for path in ("/samlinger/", "/behov/"):
                with queries.counted() as asked:
                    assert client.get(path).status_code == 200
                counts.append(len(asked))
            return counts[0], counts[1]

        assert ask(2) == ask(20)


class TestReasons:
    @pytest.mark.parametrize(
        ("language", "said"),
        [
            ("nb", "er et kjent navn på temaet"),
            ("nn", "er eit kjent namn på temaet"),
            ("en", "is a known name of the topic"),
        ],
    )
    def test_are_said_in_the_readers_written_form(self, language: str, said: str) -> None:
        region = make.region(municipalities=2)
        for town in region.municipalities:
            make_needs.need(region, town, "Palliasjon")
        make_needs.pooled(region)
        client = browser(make.office(region))
        client.cookies["sprak"] = language
        (pool,) = needs.list_pools(make.system(region), region_id=region.tenant_id)

        for path in ("/samlinger/", f"/samlinger/{pool.id}/"):
            assert f"«Palliasjon» {said}." in text(client.get(path))


class TestRankingPage:
    def test_saves_the_list_as_a_whole_without_a_script(self, world: tuple[make.Region, list[int]]) -> None:
        region, told = world
        pools = [make_needs.pool_of(region, told[i]) for i in (0, 2)]
        for pool_id in pools:
            needs.confirm_pool(make.system(region), pool_id=pool_id)
        case_id = make_governance.case(region, meeting_id=make_governance.meeting(region))
        client = browser(make.with_role(region, Role.FORUM_MEMBER))
        path = f"/samlinger/prioritering/{case_id}/"
        assert re.search(rf'name="rank-{pools[0]}"', text(client.get(path)))

        sent = {f"rank-{pools[0]}": "1", f"outcome-{pools[1]}": "rejected"}
        refused = client.post(path, sent)
        assert refused.status_code == 422
        assert "Skriv hvorfor «Grønne sko»" in text(refused)
        assert needs.list_decisions(make.system(region), case_id=case_id) == []
        answer = client.post(path, {**sent, f"reason-{pools[1]}": "Løses lokalt"}, follow=True)

        assert "Lista er lagret" in text(answer)
        found = needs.list_decisions(make.system(region), case_id=case_id)
        assert [(it.pool_id, it.rank, it.reason) for it in found] == [
            (pools[0], 1, ""),
            (pools[1], None, "Løses lokalt"),
        ]

    def test_shows_others_the_list_and_no_boxes(self, world: tuple[make.Region, list[int]]) -> None:
        region, told = world
        pool_id = make_needs.pool_of(region, told[0])
        needs.confirm_pool(make.system(region), pool_id=pool_id)
        case_id = make_governance.case(region, meeting_id=make_governance.meeting(region))
        client = browser(make.with_role(region, Role.UNION_REPRESENTATIVE))

        assert f'name="rank-{pool_id}"' not in text(client.get(f"/samlinger/prioritering/{case_id}/"))
        assert client.post(f"/samlinger/prioritering/{case_id}/", {f"rank-{pool_id}": "1"}).status_code == 403
        assert needs.list_decisions(make.system(region), case_id=case_id) == []


class TestPaging:
    def test_shows_a_hundred_at_a_time_with_links_that_keep_the_filters(self) -> None:
        region = make.region()
        town = region.municipalities[0]
        rows = [make_needs.row(i, f"Behov nummer {i}") for i in range(2, 142)]
        needs.sync_needs(make.system(region), tenant_id=town.tenant_id, rows=iter(rows), file="behov.xlsx")
        client = browser(make.with_role(region, Role.HR, town=town))

        first = text(client.get("/behov/?q=behov"))
        second = text(client.get("/behov/?q=behov&fra=100"))

        assert first.count('<th scope="row">') == 100
        assert second.count('<th scope="row">') == 40
        assert "q=behov&amp;fra=100" in first
        assert "q=behov&amp;fra=0" in second
