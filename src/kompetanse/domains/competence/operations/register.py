"""The shared register and the topics, from the data files that come with the programme."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from kompetanse.domains.competence.models import (
    Equivalence,
    Requirement,
    RequirementTarget,
    Topic,
    TopicName,
)
from kompetanse.domains.competence.rules.status import find_circle
from kompetanse.domains.competence.rules.targets import TargetKind
from kompetanse.domains.competence.types import EquivalenceGoesInCircle, UnknownRequirement

DATA = Path(__file__).parents[1] / "data"
LOCK = 7041  # one loader at a time, whatever node it runs on


def load_register() -> int:
    """Bring requirements, targets, equivalences and topics to what the files say. Gives how many requirements.

    Idempotent. Names that people have taught a topic are kept, and so is a requirement that has left the file:
    evidence may point at it. Raises UnknownRequirement or EquivalenceGoesInCircle, changing nothing.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        ids = _load_requirements(_read("requirements.csv"))
        _load_targets(_read("targets.csv"), ids)
        _load_equivalences(_read("requirements.csv"), ids)
        _load_topics(_read("topics.csv"), ids)
    return len(ids)


def _read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def _id(ids: dict[str, int], code: str) -> int:
    if code not in ids:
        raise UnknownRequirement(code=code)
    return ids[code]


def _load_requirements(rows: Iterable[dict[str, str]]) -> dict[str, int]:
    made = [
        Requirement(
            code=row["code"],
            name_nb=row["title_nb"],
            name_nn=row["name_nn"],
            applies_to=row["applies_to"],
            source_type=row["source_type"],
            reference=row["reference"],
            interval_months=int(row["interval_months"]) if row["interval_months"] else None,
            anchor=row["anchor"],
            early_window_months=int(row["early_window_months"]) if row["early_window_months"] else None,
            scope=row["scope"],
            verified=row["verified"],
            note=row["note"],
            valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
            position=position,
        )
        for position, row in enumerate(rows, 1)
    ]
    fields = [f.name for f in Requirement._meta.concrete_fields if f.name not in ("id", "code")]
    Requirement.objects.bulk_create(made, update_conflicts=True, unique_fields=["code"], update_fields=fields)
    wanted = [one.code for one in made]
    return dict(Requirement.objects.filter(code__in=wanted).values_list("code", "pk"))


def _load_targets(rows: Iterable[dict[str, str]], ids: dict[str, int]) -> None:
    wanted = {
        (_id(ids, row["requirement"]), TargetKind(row["kind"]).value, value, row["within"] or ""): None
        for row in rows
        for value in (_split(row["value"]) or [""])
    }
    held = {(t.requirement_id, t.kind, t.value, t.within): t.pk for t in RequirementTarget.objects.order_by("pk")}
    RequirementTarget.objects.filter(pk__in=[held[key] for key in held.keys() - wanted.keys()]).delete()
    RequirementTarget.objects.bulk_create(
        [
            RequirementTarget(requirement_id=key, kind=kind, value=value, within=within)
            for key, kind, value, within in wanted
            if (key, kind, value, within) not in held
        ]
    )


def _load_equivalences(rows: Iterable[dict[str, str]], ids: dict[str, int]) -> None:
    wanted = {(ids[row["code"]], _id(ids, by)) for row in rows for by in _split(row["satisfied_by"])}
    satisfied_by: dict[int, list[int]] = {}
    for requirement_id, by in wanted:
        satisfied_by.setdefault(requirement_id, []).append(by)
    circle = find_circle(satisfied_by)
    if circle is not None:
        raise EquivalenceGoesInCircle(code=next(code for code, key in ids.items() if key == circle))
    held = {(e.requirement_id, e.by_id): e.pk for e in Equivalence.objects.all()}
    Equivalence.objects.filter(pk__in=[held[pair] for pair in held.keys() - wanted]).delete()
    Equivalence.objects.bulk_create([Equivalence(requirement_id=a, by_id=b) for a, b in sorted(wanted - held.keys())])


def _load_topics(rows: list[dict[str, str]], ids: dict[str, int]) -> None:
    Topic.objects.bulk_create(
        [
            Topic(
                code=row["code"],
                name_nb=row["name_nb"],
                name_nn=row["name_nn"],
                requirement_id=_id(ids, row["requirement_code"]) if row["requirement_code"] else None,
                kind=row.get("kind", ""),
                target_groups=_split(row["target_groups"]),
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name_nb", "name_nn", "requirement", "kind", "target_groups"],
    )
    topics = dict(Topic.objects.values_list("code", "pk"))
    wanted = {(topics[row["code"]], name): None for row in rows for name in _split(row["other_names"])}
    held = {(n.topic_id, n.name): n for n in TopicName.objects.all()}
    gone = [n.pk for key, n in held.items() if key not in wanted and n.taught_at is None]
    TopicName.objects.filter(pk__in=gone).delete()
    TopicName.objects.bulk_create(
        [TopicName(topic_id=topic, name=name) for topic, name in wanted if (topic, name) not in held]
    )
