"""Which needs are one need, said in different words: suggested pools with a reason.

What the field knows (topics with their other names) steers; needs that no topic knows are put together by their own
words and target group; what people have confirmed or split goes before both. The same input gives the same pools in
whatever order it comes.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kompetanse.domains.needs.rules.audiences import agreement, audience_words, sectors
from kompetanse.domains.needs.rules.likeness import Likeness
from kompetanse.kernel.phrases import Found, Phrasebook, phrasebook
from kompetanse.kernel.text import fingerprint, similarity
from kompetanse.kernel.text_marker import N_
from kompetanse.kernel.words import Words

TOPIC_SCORE = 0.5
"""From this score on a topic speaks for the need."""
ALIKE = 0.5
"""From this likeness on, a need that no topic knows is the same as another."""
KEPT_TOGETHER = 0.3
"""No two needs that no topic knows are in one pool when they are less alike than this."""
_TARGET_SHARE = 0.12
_SHOWN = 6

Why = tuple[Words, ...]
NOBODY_ELSE = N_("Ingen andre behov ligner dette.")
SAME_WORDING = N_("Alle har ordlyden «%(title)s» og samme målgruppe.")
TAUGHT_TOPIC = N_("«%(title)s» er bekreftet som dette temaet før.")
TAUGHT_SAME = N_("«%(one)s» og «%(other)s» er bekreftet som samme behov.")
KNOWN_NAME = N_("«%(title)s» er et kjent navn på temaet.")
ANSWERS_TO = N_("«%(title)s» har «%(shared)s», som svarer til «%(name)s».")
MENDED = N_("«%(mended)s» er lest som skrivefeil eller forkortelse.")
SAME_GROUP = N_("Målgruppen «%(group)s» peker samme vei.")
ALIKE_TITLES = N_("«%(one)s» og «%(other)s» ligner: felles ord «%(shared)s».")
ONE_MORE = N_("Det er én grunn til.")
MORE = N_("Det er %(count)s grunner til.")


@dataclass(frozen=True, slots=True)
class NeedText:
    """One reported need in the words of the municipality. `key` is the caller's own and unique."""

    key: str
    municipality: str
    title: str
    target_group: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TopicNames:
    """What a topic is called; the first name is the one shown."""

    code: str
    names: tuple[str, ...]
    target_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wording:
    """A title with its target group; an empty target group stands for any."""

    title: str
    target_group: str = ""


@dataclass(frozen=True, slots=True)
class Taught:
    """What people have decided: this wording is that topic; these two are one need, or are not.

    A wording is recognised by its stems, so case, punctuation and written form do not matter. Where the same two are
    taught both the same and different, different holds. An unknown topic code is passed over.
    """

    topics: Mapping[Wording, str] = field(default_factory=dict)
    same: frozenset[tuple[Wording, Wording]] = frozenset()
    different: frozenset[tuple[Wording, Wording]] = frozenset()


@dataclass(frozen=True, slots=True)
class PoolSuggestion:
    """Needs that look like one, and why, in sentences to be said where they are read.

    `score` is the weakest link, 0..1; 1 for what was taught and for a need alone.
    """

    key: str
    title: str
    topic_code: str | None
    members: tuple[str, ...]
    score: float
    reason: Why


@dataclass(slots=True)
class _Item:
    """All needs with the same wording: the smallest thing that is moved."""

    title: str
    target_group: str
    needs: list[NeedText]
    topic: str | None = None
    score: float = 0.0
    why: Why = ()


@dataclass(slots=True)
class _Pool:
    """Items put together so far; `links` are scores and reasons of what tied them."""

    items: list[int]
    topic: str | None = None
    links: list[tuple[float, Why]] = field(default_factory=list)


def suggest_pools(
    needs: Iterable[NeedText], topics: Sequence[TopicNames], taught: Taught | None = None
) -> list[PoolSuggestion]:
    """Put every need in exactly one pool (alone: a pool of one), the largest pool first.

    Raises ValueError when two needs have the same key.
    """
    taught = taught or Taught()
    book = phrasebook({topic.code: topic.names for topic in topics})
    known = {topic.code: topic for topic in topics}
    prints, items = _items(needs)
    memory = _Memory(taught, prints)
    reader = _Reader(book, known)
    for index, item in enumerate(items):
        code = memory.topic(index)
        if code in known:
            item.topic, item.score, item.why = code, 1.0, (Words(TAUGHT_TOPIC, {"title": item.title}),)
        else:
            reader.recognise(item)
    pools = _taught_together(items, memory)
    pools = _by_topic(pools, items, memory)
    pools = _by_likeness(pools, items, book, memory)
    made = [_suggestion(pool, items, known) for pool in pools]
    return sorted(made, key=lambda pool: (-len(pool.members), pool.title, pool.key))


def _items(needs: Iterable[NeedText]) -> tuple[list[tuple[str, str]], list[_Item]]:
    gathered: dict[tuple[str, str], list[NeedText]] = defaultdict(list)
    keys: set[str] = set()
    for need in needs:
        if need.key in keys:
            raise ValueError(f"Two needs have the key {need.key!r}.")
        keys.add(need.key)
        title, group = fingerprint(need.title), fingerprint(need.target_group)
        # A need without a readable title is like no other.
        gathered[(title, group) if title else ("", need.key)].append(need)
    prints = sorted(gathered)
    items: list[_Item] = []
    for print_ in prints:
        same = sorted(gathered[print_], key=lambda need: (need.title, need.target_group, need.key))
        items.append(_Item(same[0].title.strip(), same[0].target_group.strip(), same))
    return prints, items


class _Memory:
    """What was taught, in terms of the wordings at hand."""

    def __init__(self, taught: Taught, prints: Sequence[tuple[str, str]]) -> None:
        self._by_print: dict[tuple[str, str], list[int]] = defaultdict(list)
        for index, (title, group) in enumerate(prints):
            self._by_print[title, group].append(index)
            if group:
                self._by_print[title, ""].append(index)
        self._topics: dict[int, str] = {}
        # What is said of one target group goes before what is said of any.
        for wording, code in sorted(taught.topics.items(), key=lambda t: (bool(t[0].target_group), t[1], t[0].title)):
            for index in self._meant(wording):
                self._topics[index] = code
        self.same = self._pairs(taught.same)
        self.apart: dict[int, set[int]] = defaultdict(set)
        for a, b in self._pairs(taught.different):
            self.apart[a].add(b)
            self.apart[b].add(a)

    def _meant(self, wording: Wording) -> list[int]:
        return self._by_print.get((fingerprint(wording.title), fingerprint(wording.target_group)), [])

    def _pairs(self, taught: Iterable[tuple[Wording, Wording]]) -> list[tuple[int, int]]:
        return sorted(
            {(min(a, b), max(a, b)) for x, y in taught for a in self._meant(x) for b in self._meant(y) if a != b}
        )

    def topic(self, index: int) -> str | None:
        return self._topics.get(index)

    def allows(self, a: _Pool, b: _Pool) -> bool:
        """Whether nobody has said that something in the one is not the same as something in the other."""
        if not self.apart:
            return True
        others = set(b.items)
        return all(others.isdisjoint(self.apart.get(index, ())) for index in a.items)


class _Reader:
    """Finds the topic that a need speaks of, by title first and target group beside it."""

    def __init__(self, book: Phrasebook, topics: Mapping[str, TopicNames]) -> None:
        self._book = book
        self._topics = topics
        self._for = {code: sectors(" ".join(topic.target_groups)) for code, topic in topics.items()}

    def recognise(self, item: _Item) -> None:
        """Fill in topic, score and why; leave the item as it is when no topic speaks for it."""
        light = audience_words(item.title)
        group = sectors(item.target_group)
        meant = group | sectors(" ".join(light))
        beside = " ".join([item.target_group, *sorted(group)])
        ranked = sorted(
            (
                (min(1.0, found.score * self._fit(found.code, meant)), found)
                for found in self._book.find(item.title, beside, light)
            ),
            key=lambda pair: (-pair[0], pair[1].code),
        )
        if not ranked or ranked[0][0] < TOPIC_SCORE:
            return
        item.score, found = round(ranked[0][0], 4), ranked[0][1]
        item.topic = found.code
        item.why = self._why(item, found)

    def _fit(self, code: str, meant: frozenset[str]) -> float:
        return 1 + _TARGET_SHARE * (2 * agreement(meant, self._for[code]) - 1)

    def _why(self, item: _Item, found: Found) -> Why:
        if fingerprint(found.name) == fingerprint(item.title):
            why = [Words(KNOWN_NAME, {"title": item.title})]
        else:
            told = {"title": item.title, "shared": ", ".join(found.shared), "name": found.name}
            why = [Words(ANSWERS_TO, told)]
        if found.mended:
            why.append(Words(MENDED, {"mended": ", ".join(found.mended)}))
        if set(fingerprint(found.name).split()) & set(fingerprint(item.target_group).split()):
            why.append(Words(SAME_GROUP, {"group": item.target_group}))
        return tuple(why)


def _taught_together(items: Sequence[_Item], memory: _Memory) -> list[_Pool]:
    pools = {index: _Pool([index], item.topic) for index, item in enumerate(items)}
    home = {index: index for index in pools}
    for a, b in memory.same:
        first, second = sorted((home[a], home[b]))
        if first == second or not memory.allows(pools[first], pools[second]):
            continue
        joined = pools.pop(second)
        pools[first].items += joined.items
        why = Words(TAUGHT_SAME, {"one": items[a].title, "other": items[b].title})
        pools[first].links.append((1.0, (why,)))
        home.update((index, first) for index in joined.items)
    for pool in pools.values():
        scores: Counter[str] = Counter()
        for index in pool.items:
            if code := items[index].topic:
                scores[code] = max(scores[code], round(items[index].score * 10_000))
        pool.topic = min(scores, key=lambda code: (-scores[code], code), default=None)
        for index in pool.items:
            if items[index].topic == pool.topic and pool.topic:
                pool.links.append((items[index].score, items[index].why))
    return [pools[first] for first in sorted(pools)]


def _by_topic(pools: Sequence[_Pool], items: Sequence[_Item], memory: _Memory) -> list[_Pool]:
    """All that speak of one topic together, but what was taught to be different apart."""
    made = [pool for pool in pools if pool.topic is None]
    of_topic: dict[str, list[_Pool]] = defaultdict(list)
    for pool in pools:
        if pool.topic is not None:
            of_topic[pool.topic].append(pool)
    for code in sorted(of_topic):
        split = [pool for pool in of_topic[code] if any(memory.apart.get(index) for index in pool.items)]
        rest = [pool for pool in of_topic[code] if not any(memory.apart.get(index) for index in pool.items)]
        sides: list[_Pool] = []
        for pool in split + rest:
            open_sides = [side for side in sides if memory.allows(side, pool)]
            if not open_sides:
                sides.append(pool)
            elif len(open_sides) == 1:
                _merge(open_sides[0], pool)
            else:
                _merge(max(open_sides, key=lambda side: _nearness(side, pool, items)), pool)
        made += sides
    return made


def _nearness(side: _Pool, pool: _Pool, items: Sequence[_Item]) -> float:
    return max(similarity(items[a].title, items[b].title) for a in side.items for b in pool.items)


def _by_likeness(pools: Sequence[_Pool], items: Sequence[_Item], book: Phrasebook, memory: _Memory) -> list[_Pool]:
    """Needs that no topic knows, put together by their own words; they may also join a topic they sound like."""
    home = {index: pool for pool in pools for index in pool.items}
    unknown = frozenset(index for pool in pools if pool.topic is None for index in pool.items)
    if not unknown or len(items) < 2:
        return list(pools)
    likeness = Likeness([(item.title, item.target_group) for item in items], book, unknown)
    gone: set[int] = set()
    for score, a, b in likeness.pairs(ALIKE):
        first, second = home[a], home[b]
        if first is second or (first.topic and second.topic) or not memory.allows(first, second):
            continue
        if second.topic or (not first.topic and second.items[0] < first.items[0]):
            first, second = second, first
        loose = [(x, y) for x in first.items for y in second.items if x in unknown and y in unknown]
        if any(likeness.between(x, y) < KEPT_TOGETHER for x, y in loose):
            continue
        told = {"one": items[a].title, "other": items[b].title, "shared": ", ".join(likeness.shared(a, b))}
        _merge(first, second)
        first.links.append((round(score, 4), (Words(ALIKE_TITLES, told),)))
        home.update((index, first) for index in second.items)
        gone.add(id(second))
    return [pool for pool in pools if id(pool) not in gone]


def _merge(into: _Pool, pool: _Pool) -> None:
    into.items += pool.items
    into.links += pool.links


def _suggestion(pool: _Pool, items: Sequence[_Item], known: Mapping[str, TopicNames]) -> PoolSuggestion:
    members = sorted(need.key for index in pool.items for need in items[index].needs)
    titles = Counter(need.title.strip() for index in pool.items for need in items[index].needs)
    title = known[pool.topic].names[0] if pool.topic else min(titles, key=lambda t: (-titles[t], len(t), t))
    told = {(-score, tuple(words.text() for words in why)): why for score, why in pool.links}
    score = min((score for score, _ in pool.links), default=1.0)
    if told:
        reason = tuple(words for key in sorted(told)[:_SHOWN] for words in told[key])
        left = len(told) - _SHOWN
        if left > 0:
            reason += (Words(MORE, {"count": left}) if left > 1 else Words(ONE_MORE),)
    elif len(members) > 1:
        reason = (Words(SAME_WORDING, {"title": title}),)
    else:
        reason = (Words(NOBODY_ELSE),)
    # The first member names the pool: it stays the same when others come and go behind it.
    return PoolSuggestion(members[0], title, pool.topic, tuple(members), score, reason)
