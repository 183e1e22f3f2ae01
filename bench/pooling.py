"""How well needs are pooled: pairwise against a reading of the rows that was written down first."""

from __future__ import annotations

import csv
import random
import statistics
import time
from pathlib import Path

from bench import installation
from bench.figures import Figure, at_least, at_most, measure

HERE = Path(__file__).parent


def _topics() -> list[object]:
    from kompetanse.domains.needs.rules import TopicNames

    path = HERE.parent / "src/kompetanse/domains/competence/data/topics.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return [
        TopicNames(
            row["code"],
            (row["name_nb"], row["name_nn"], *(name for name in row["other_names"].split("|") if name)),
            tuple(group for group in row["target_groups"].split("|") if group),
        )
        for row in rows
    ]


def _score(name: str, needs: list[object], read: dict[str, str], recall: float) -> list[Figure]:
    from kompetanse.domains.needs.rules import pair_score, suggest_pools

    pools = suggest_pools(needs, _topics())
    suggested = {member: pool.key for pool in pools for member in pool.members}
    score = pair_score(suggested, read)
    return [
        at_least(f"pooling_{name}_precision", score.precision, "", 0.9),
        at_least(f"pooling_{name}_recall", score.recall, "", recall),
        Figure(f"pooling_{name}_f1", round(score.f1, 4), ""),
        Figure(f"pooling_{name}_needs", len(read), "rows"),
    ]


@measure("pooling_region")
def region() -> list[Figure]:
    """The seven municipalities' own spreadsheets, read by the import's own reader."""
    from kompetanse.domains.integrations.rules import open_table, parse_rows, recognise
    from kompetanse.domains.integrations.types import ParsedRow
    from kompetanse.domains.needs.rules import NeedText

    with (HERE / "pooling_gold.csv").open(encoding="utf-8", newline="") as file:
        read = {f"{row['file']}:{row['row']}": row["pool_label"] for row in csv.DictReader(file, delimiter=";")}
    needs: list[object] = []
    for path in sorted((installation.REGION / "kongsbergregionen").glob("behov_*")):
        table = open_table(path)
        for row in parse_rows(recognise(table), table):
            if isinstance(row, ParsedRow):
                told = row.values
                needs.append(
                    NeedText(f"{path.name}:{row.row}", path.name[6:10], told.title, told.target_group, told.reason)
                )
    return _score("region", needs, read, 0.9)


@measure("pooling_other_words")
def other_words() -> list[Figure]:
    """A region that uses other words, written without looking at the register."""
    from kompetanse.domains.needs.rules import NeedText

    with (HERE / "pooling_other.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    needs: list[object] = [NeedText(row["id"], row["municipality"], row["title"], row["target_group"]) for row in rows]
    return _score("other_words", needs, {row["id"]: row["pool_label"] for row in rows}, 0.7)


@measure("pooling_speed")
def speed() -> list[Figure]:
    """5,000 needs, worded as the two sets above with letters struck and words swapped."""
    from kompetanse.domains.needs.rules import NeedText, suggest_pools

    with (HERE / "pooling_other.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    dice = random.Random(2027)
    needs = []
    for number in range(5000):
        row = dice.choice(rows)
        title = row["title"]
        if len(title) > 8 and dice.random() < 0.7:
            at = dice.randrange(2, len(title) - 2)
            title = title[:at] + title[at + 1 :]
        needs.append(NeedText(str(number), row["municipality"], title, row["target_group"]))
    spent = []
    for _ in range(3):
        before = time.perf_counter()
        pools = suggest_pools(needs, _topics())
        spent.append(time.perf_counter() - before)
    assert sum(len(pool.members) for pool in pools) == len(needs)
    return [at_most("pooling_5000_needs", statistics.median(spent), "s", 5)]
