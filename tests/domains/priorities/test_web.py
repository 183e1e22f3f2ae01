from __future__ import annotations

import re
from typing import Any

from django.test import Client

from kompetanse.domains.needs import api as needs
from kompetanse.domains.priorities import api as priorities
from kompetanse.domains.priorities.types import Criterion, RoundStatus
from tests import make
from tests.make import governance as make_governance
from tests.make import priorities as make_priorities
from tests.make.priorities import Forum


def browser(who: make.Who) -> Client:
    client = Client()
    client.force_login(who.account, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response: Any) -> str:
    return response.content.decode()  # type: ignore[no-any-return]


def status(forum: Forum) -> RoundStatus:
    return priorities.get_round(make.system(forum.region), round_id=forum.round_id).round.status


def chosen(forum: Forum, who: make.Who, pool_id: int) -> dict[str, int]:
    page = priorities.get_score_page(make.context(who), round_id=forum.round_id, pool_id=pool_id)
    return {criterion.value: value for criterion, value in page.chosen.items()}


ALL = {"goal": "2", "cost": "1", "funding": "0", "capacity": "3", "risk": "2"}


class TestRounds:
    def test_the_office_opens_one_in_a_case_and_starts_it(self) -> None:
        region = make.region(municipalities=2)
        make_priorities.confirmed_pools(region, 2)
        case_id = make_governance.case(region, meeting_id=make_governance.meeting(region))
        client = browser(make.office(region))

        answer = client.post("/prioritering/", {"case": case_id, "top": "3"}, follow=True)

        assert "Runden er laget" in text(answer)
        [row] = priorities.list_rounds(make.system(region))
        client.post(f"/prioritering/{row.id}/", {"act": "start"})
        [row] = priorities.list_rounds(make.system(region))
        assert (row.status, row.top) == (RoundStatus.SCORING, 3)

    def test_weights_ask_for_why_once_scoring_has_started_and_keep_what_was_typed(self) -> None:
        forum = make_priorities.started()
        client = browser(forum.members[0])
        told = {"act": "weights", "version": "1", **{criterion.value: "4" for criterion in Criterion}, "risk": "9"}

        answer = client.post(f"/prioritering/{forum.round_id}/", told)
        assert answer.status_code == 422
        assert re.search(r'name="risk" value="9"', text(answer))

        client.post(f"/prioritering/{forum.round_id}/", {**told, "why": "Tilsyn i vår"})
        page = priorities.get_round(make.system(forum.region), round_id=forum.round_id)
        assert (page.weighting.version, page.weighting.weights[Criterion.RISK]) == (2, 9)

    def test_two_who_change_weights_at_once_are_told_and_keep_their_text(self) -> None:
        forum = make_priorities.started()
        first, second = (browser(who) for who in forum.members)
        told = {"act": "weights", "version": "1", **{criterion.value: "4" for criterion in Criterion}}
        first.post(f"/prioritering/{forum.round_id}/", {**told, "why": "Først"})

        answer = second.post(f"/prioritering/{forum.round_id}/", {**told, "why": "Etterpå"})

        assert answer.status_code == 422
        assert "Noen andre har endret vektene" in text(answer)
        assert "Etterpå" in text(answer)
        assert 'name="version" value="2"' in text(answer)

    def test_a_member_is_told_no_by_the_offices_buttons(self) -> None:
        forum = make_priorities.started()
        client = browser(forum.members[0])
        assert 'value="views"' not in text(client.get(f"/prioritering/{forum.round_id}/"))
        answer = client.post(f"/prioritering/{forum.round_id}/", {"act": "views"})
        assert answer.status_code == 422
        assert status(forum) is RoundStatus.SCORING


class TestScore:
    def test_goes_from_pool_to_pool_without_script(self) -> None:
        forum = make_priorities.started(pools=2)
        who = forum.members[0]
        client = browser(who)
        here = f"/prioritering/{forum.round_id}/poeng/"
        assert "Samling 1 av 2" in text(client.get(here))

        after = client.post(f"{here}?samling={forum.pools[0]}", ALL)
        assert after["Location"] == f"{here}?samling={forum.pools[1]}"
        done = client.post(f"{here}?samling={forum.pools[1]}", ALL, follow=True)

        assert "gitt poeng til alle samlingene" in text(done)
        assert chosen(forum, who, forum.pools[1]) == {name: int(value) for name, value in ALL.items()}

    def test_each_choice_is_saved_as_it_is_made_and_answers_with_its_part_alone(self) -> None:
        forum = make_priorities.started()
        who = forum.members[0]
        answer = browser(who).post(
            f"/prioritering/{forum.round_id}/poeng/?samling={forum.pools[0]}",
            {"only": "risk", "risk": "3", "goal": "1"},
            headers={"HX-Request": "true", "X-Part": "saved"},
        )  # fmt: skip
        assert "<html" not in text(answer)
        assert 'name="was-risk" value="3"' in text(answer)
        assert "Lagret" in text(answer)
        assert chosen(forum, who, forum.pools[0]) == {"risk": 3}

    def test_an_old_tab_does_not_undo_a_newer_one(self) -> None:
        forum = make_priorities.started()
        who = forum.members[0]
        here = f"/prioritering/{forum.round_id}/poeng/?samling={forum.pools[0]}"
        old, new = browser(who), browser(who)
        old.post(here, ALL)
        new.post(here, {"only": "risk", "risk": "0"}, headers={"HX-Request": "true", "X-Part": "saved"})

        stale = {f"was-{name}": value for name, value in ALL.items()}
        old.post(here, ALL | stale | {"goal": "3"})

        assert chosen(forum, who, forum.pools[0])["risk"] == 0
        assert chosen(forum, who, forum.pools[0])["goal"] == 3

    def test_says_what_to_do_where_a_choice_is_none_of_ours(self) -> None:
        forum = make_priorities.started()
        here = f"/prioritering/{forum.round_id}/poeng/?samling={forum.pools[0]}"
        for wrong in ("-3", "40000", "<b>", "x" * 1_000_000):
            answer = browser(forum.members[0]).post(here, {"risk": wrong})
            assert answer.status_code == 422
            assert "Velg ett av svarene på skalaen" in text(answer)
        assert chosen(forum, forum.members[0], forum.pools[0]) == {}

    def test_shows_classes_of_people_never_counts(self) -> None:
        forum = make_priorities.started(pools=2)  # one need of five people, one of six
        page = text(browser(forum.members[0]).get(f"/prioritering/{forum.round_id}/poeng/?samling={forum.pools[0]}"))
        assert "omtrent under 10 personer" in page
        assert "5 personer" not in page


class TestViewsAndOrder:
    def test_differences_are_seen_in_words_and_drawn_before_any_score_is(self) -> None:
        forum = make_priorities.discussed(members=3)
        client = browser(forum.members[0])

        early = client.get(f"/prioritering/{forum.round_id}/rekkefolge/")
        page = text(client.get(f"/prioritering/{forum.round_id}/uenighet/"))

        assert early.status_code == 422
        assert "Se uenigheten først" in text(early)
        assert "Langt fra hverandre" in page
        assert "«Fare for liv og helse»" in page
        assert forum.members[0].account.display_name in page
        assert '<svg role="img"' in page

    def test_the_forum_moves_a_pool_with_why_and_the_office_lays_it_before_the_case(self) -> None:
        forum = make_priorities.ranked()
        here = f"/prioritering/{forum.round_id}/rekkefolge/"
        rows = priorities.get_ranked(make.system(forum.region), round_id=forum.round_id).rows
        ids = [row.pool.pool_id for row in rows]
        turned = {f"place-{ids[0]}": "2", f"place-{ids[1]}": "3", f"place-{ids[2]}": "1", "version": "1"}
        client = browser(forum.members[0])

        answer = client.post(here, turned)
        assert answer.status_code == 422
        assert "Skriv hvorfor" in text(answer)
        double = client.post(here, turned | {f"place-{ids[1]}": "2"})
        assert "ingen kan ha samme nummer" in text(double)
        client.post(here, turned | {f"reason-{ids[2]}": "<b>Tilsyn</b>"})
        assert "&lt;b&gt;Tilsyn&lt;/b&gt;" in text(client.get(here))

        browser(make.office(forum.region)).post(f"/prioritering/{forum.round_id}/", {"act": "hand-over"})
        listed = needs.list_decisions(make.system(forum.region), case_id=forum.case_id)
        assert [row.pool_id for row in listed] == [ids[2], ids[0], ids[1]]
        assert status(forum) is RoundStatus.HANDED_OVER
