import csv
import random
from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kompetanse.domains.needs.rules import NeedText, Taught, TopicNames, Wording, pair_score, suggest_pools
from kompetanse.domains.needs.rules.pooling import MORE, ONE_MORE
from kompetanse.kernel.words import Words


def known_topics() -> list[TopicNames]:
    source = resources.files("kompetanse.domains.competence").joinpath("data/topics.csv")
    return [
        TopicNames(
            row["code"],
            (row["name_nb"], row["name_nn"], *row["other_names"].split("|")),
            tuple(row["target_groups"].split("|")),
        )
        for row in csv.DictReader(source.read_text(encoding="utf-8").splitlines(), delimiter=";")
    ]


TOPICS = known_topics()
FEW = [topic for topic in TOPICS if topic.code in {"HLR", "HLR-BARN", "LEGEMIDDEL", "VARSLING1", "VARSLING3"}]


def needs(*said: tuple[str, str]) -> list[NeedText]:
    return [NeedText(f"n{i}", f"kommune {i % 3}", title, group) for i, (title, group) in enumerate(said)]


def together(a: tuple[str, str], b: tuple[str, str], taught: Taught | None = None) -> bool:
    return any(len(pool.members) == 2 for pool in suggest_pools(needs(a, b), TOPICS, taught))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("Håndtering av legemidler", "sykepleier"), ("Legemiddelhandtering", "sjukepleiarar")),
        (("Medikamentkurs", "helsefagarbeider"), ("legemidelhåndtering", "helsefagarbeidar")),
        (("Vold og trusler", "NAV"), ("Møte med vald og truslar", "NAV")),
        (("Arb.varsling k1", "fagarbeider vei"), ("Arbeidsvarsling kurs 1", "uteseksjon")),
        (("Livredning for svømmelærere", "lærer"), ("Livberging, symjeopplæring", "Lærar")),
        (("Førstehjelp", "Barnehagelærer"), ("HLR barn", "barnehage")),
        (("Excel videregående", "økonomi"), ("Rekneark for vidarekomne", "økonomikonsulent")),
    ],
)
def test_one_need_in_other_words_is_one_pool(a: tuple[str, str], b: tuple[str, str]) -> None:
    assert together(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (("Arbeidsvarsling kurs 1", "fagarbeider vei"), ("Arbeidsvarsling kurs 3", "fagarbeider vei")),
        (("Førstehjelp barn", "Barnehagelærer"), ("Førstehjelp alle ansatte", "alle")),
        (("HMS for ledere", "leder"), ("HMS verneombud", "verneombud")),
        (("Psykisk førstehjelp", "alle"), ("Førstehjelp", "alle")),
        (("Tvang og makt kap. 9", "vernepleier"), ("Samtykkekompetanse kapittel 4A", "sykepleier")),
        (("Bassengvakt", "badevakt"), ("Livredning for svømmelærere", "lærer")),
        (("Motorsagkurs", "park"), ("Liftkurs", "vaktmester")),
        (("Mobbing i skolen", "lærer"), ("Mobbing i barnehagen", "barnehagelærer")),
        (("Varsling om kritikkverdige forhold", "leder"), ("Arbeidsvarsling", "fagarbeider vei")),
    ],
)
def test_different_needs_with_like_words_stay_apart(a: tuple[str, str], b: tuple[str, str]) -> None:
    assert not together(a, b)


def test_needs_no_topic_knows_are_pooled_by_their_own_words() -> None:
    said = needs(("Våttkort kajakk", "lærer"), ("Kajakkurs våtkort", "Lærar"), ("Orgelstell", "kantor"))
    pools = suggest_pools(said, TOPICS)
    assert sorted(pool.members for pool in pools) == [("n0", "n1"), ("n2",)]
    assert {pool.topic_code for pool in pools} == {None}


def test_every_pool_says_why() -> None:
    pools = suggest_pools(
        needs(("Medikamentkurs", "sykepleier"), ("legemidelhåndtering", "sykepleier"), ("Orgelstell", "kantor")),
        TOPICS,
    )
    assert pools[0].topic_code == "LEGEMIDDEL"
    told = [words.text() for words in pools[0].reason]
    assert any("Medikamentkurs" in sentence for sentence in told)
    assert any("skrivefeil" in sentence for sentence in told)
    assert pools[1].reason == (Words("Ingen andre behov ligner dette."),)


def test_a_long_reason_tells_how_much_more_there_is() -> None:
    titles = ["Palliasjon", "Palliativ omsorg", "Lindrende behandling", "Palliativ pleie", "Palliasjonskurs",
              "Palliasjon 1", "Kurs i palliasjon", "Palliativ behandling", "Lindring"]  # fmt: skip
    pools = suggest_pools(needs(*[(title, "sykepleier") for title in titles]), TOPICS)
    assert max(len(pool.members) for pool in pools) > 7
    assert pools[0].reason[-1].sentence in (MORE, ONE_MORE)


def test_alike_within_one_municipality_is_one_pool() -> None:
    same = [NeedText(key, "Kongsberg", "Palliasjon", "sykepleier") for key in ("a", "b")]
    assert [pool.members for pool in suggest_pools(same, TOPICS)] == [("a", "b")]


def test_a_taught_topic_is_respected() -> None:
    taught = Taught(topics={Wording("Orgelstell"): "HLR"})
    pools = suggest_pools(needs(("ORGELSTELL", "kantor"), ("Førstehjelp", "alle")), TOPICS, taught)
    assert [pool.topic_code for pool in pools] == ["HLR"]


def test_taught_as_the_same_is_one_pool() -> None:
    a, b = ("Orgelstell", "kantor"), ("Vinterbrøyting", "sjåfør")
    assert not together(a, b)
    assert together(a, b, Taught(same=frozenset({(Wording(*a), Wording(*b))})))


def test_a_taught_split_keeps_apart_though_the_topic_is_one() -> None:
    a, b = ("Demensomsorgens ABC", "sykehjem"), ("Demens for vikarer", "vikar")
    assert together(a, b)
    split = Taught(different=frozenset({(Wording(*a), Wording(*b))}))
    assert not together(a, b, split)
    assert not together(a, b, Taught(same=split.different, different=split.different))


def test_a_split_holds_when_a_third_need_is_like_both() -> None:
    a, b, c = ("Demens ABC", "sykehjem"), ("Demens for vikarer", "vikar"), ("Demensomsorgens ABC", "sykehjem")
    pools = suggest_pools(needs(a, b, c), TOPICS, Taught(different=frozenset({(Wording(*a), Wording(*b))})))
    assert sorted(pool.members for pool in pools) == [("n0", "n2"), ("n1",)]


def test_two_needs_with_one_key_are_refused() -> None:
    with pytest.raises(ValueError, match="n0"):
        suggest_pools([*needs(("A", "")), *needs(("B", ""))], TOPICS)


titles = st.sampled_from(
    ["Førstehjelp", "HLR barn", "Medisinkurs", "legemidelhandtering", "Arbeidsvarsling 3", "arb.varsling k1", "Orgel",
     "Orgelstell", "Kajakk", "kajak våttkort", "", "???", "Førstehjelp for barnehagen"]
)  # fmt: skip
said = st.lists(st.tuples(titles, st.sampled_from(["alle", "Barnehagelærer", "Lærar", ""])), max_size=14)
pairs = st.frozensets(st.tuples(titles.map(Wording), titles.map(Wording)), max_size=3)


@settings(max_examples=60, deadline=None)
@given(said, pairs, pairs, st.randoms(use_true_random=False))
def test_every_need_is_in_one_pool_and_order_does_not_matter(
    listed: list[tuple[str, str]],
    same: frozenset[tuple[Wording, Wording]],
    different: frozenset[tuple[Wording, Wording]],
    shuffle: random.Random,
) -> None:
    taught = Taught(same=same, different=different)
    given_needs = needs(*listed)
    pools = suggest_pools(given_needs, FEW, taught)
    assert sorted(key for pool in pools for key in pool.members) == sorted(need.key for need in given_needs)
    assert all(0 <= pool.score <= 1 and pool.reason and pool.members for pool in pools)
    mixed = given_needs.copy()
    shuffle.shuffle(mixed)
    assert suggest_pools(mixed, FEW, taught) == pools
    said_by = {need.key: need.title for need in given_needs}
    for pool in pools:
        held = {said_by[key] for key in pool.members}
        assert not any(x.title != y.title and {x.title, y.title} <= held for x, y in different if x.title and y.title)


def test_pair_score_counts_pairs() -> None:
    score = pair_score({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "x"})
    assert (score.precision, round(score.recall, 3), round(score.f1, 3)) == (1.0, 0.333, 0.5)
    with pytest.raises(ValueError, match="same keys"):
        pair_score({"a": 1}, {"b": 1})
