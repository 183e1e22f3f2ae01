"""The shared register and the topics, from the data files that come with the programme."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

from django.db import connection, transaction

from kompetanse.domains.competence.models import (
    Equivalence,
    RatioPart,
    Requirement,
    RequirementTarget,
    RequirementVersion,
    Topic,
    TopicName,
)
from kompetanse.domains.competence.queries.register import BEGINNING, FILE
from kompetanse.domains.competence.rules.status import find_circle
from kompetanse.domains.competence.rules.targets import Target, TargetKind, target_keys
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
        ratios = _ratio_parts(_read("ratios.csv"), ids)
        _load_versions(_read("requirements.csv"), _read("targets.csv"), ratios, ids)
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


def _load_requirements(rows: list[dict[str, str]]) -> dict[str, int]:
    made = [
        Requirement(code=row["code"], name_nb=row["title_nb"], name_nn=row["name_nn"], position=position)
        for position, row in enumerate(rows, 1)
    ]
    Requirement.objects.bulk_create(
        made, update_conflicts=True, unique_fields=["code"], update_fields=["name_nb", "name_nn", "position"]
    )
    wanted = [one.code for one in made]
    return dict(Requirement.objects.filter(code__in=wanted).values_list("code", "pk"))


# What a version says, besides whom it is put to.
SAYS = (
    "valid_from", "source_type", "reference", "applies_to", "scope", "interval_months", "anchor",
    "early_window_months", "dispensation_months", "verified", "note",
)  # fmt: skip


def _load_versions(
    rows: list[dict[str, str]], targets: list[dict[str, str]], ratios: dict[int, list[Part]], ids: dict[str, int]
) -> None:
    """A version per requirement that says what the file says. One that says otherwise is taken back, not altered.

    Where people have told a version of their own, the file no longer speaks.
    """
    now = _now()
    told = RequirementVersion.objects.filter(withdrawn_at=None).exclude(recorded_by=FILE)
    taken_over = set(told.values_list("requirement_id", flat=True))
    lines = _lines(targets, ids)
    held = {
        version.requirement_id: version
        for version in RequirementVersion.objects.filter(withdrawn_at=None, recorded_by=FILE).prefetch_related(
            "targets", "ratio_parts"
        )
    }
    taken_back: list[int] = []
    new: list[tuple[RequirementVersion, list[Line]]] = []
    for row in rows:
        if ids[row["code"]] in taken_over:
            continue
        version = _version(row, ids[row["code"]], now)
        wanted = lines.get(version.requirement_id, [])
        old = held.get(version.requirement_id)
        if old is not None:
            said = {(t.kind, t.value, t.within, t.part) for t in old.targets.all()}
            parts = {(p.key, p.name_nb, p.name_nn, p.per) for p in old.ratio_parts.all()}
            same = said == set(wanted) and parts == set(ratios.get(version.requirement_id, []))
            if same and all(getattr(old, f) == getattr(version, f) for f in SAYS):
                continue
            taken_back.append(old.pk)
        new.append((version, wanted))
    RequirementVersion.objects.filter(pk__in=taken_back).update(withdrawn_at=now)
    RequirementVersion.objects.bulk_create([version for version, _ in new])
    made = []
    for version, wanted in new:
        for kind, value, within, part in wanted:
            key, within_key = target_keys(Target(TargetKind(kind), value, within))
            made.append(
                RequirementTarget(
                    version=version, kind=kind, value=value, key=key, within=within, within_key=within_key, part=part
                )
            )
    if made:
        RequirementTarget.objects.bulk_create(made)
    RatioPart.objects.bulk_create(
        RatioPart(version=version, key=key, name_nb=nb, name_nn=nn, per=per)
        for version, _ in new
        for key, nb, nn, per in ratios.get(version.requirement_id, [])
    )


def _version(row: dict[str, str], requirement_id: int, now: datetime) -> RequirementVersion:
    def number(name: str) -> int | None:
        return int(row[name]) if row.get(name) else None

    return RequirementVersion(
        requirement_id=requirement_id,
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else BEGINNING,
        source_type=row["source_type"],
        reference=row["reference"],
        applies_to=row["applies_to"],
        scope=row["scope"],
        interval_months=number("interval_months"),
        anchor=row["anchor"],
        early_window_months=number("early_window_months"),
        dispensation_months=number("dispensation_months"),
        verified=row["verified"],
        note=row["note"],
        recorded_at=now,
        recorded_by=FILE,
    )


Line = tuple[str, str, str, str]  # kind, value, within, part


def _lines(rows: list[dict[str, str]], ids: dict[str, int]) -> dict[int, list[Line]]:
    """Requirement id → the lines that put it to posts."""
    found: dict[int, dict[Line, None]] = {}
    for row in rows:
        for value in _split(row["value"]) or [""]:
            line = (TargetKind(row["kind"]).value, value, row["within"] or "", row["part"] or "")
            found.setdefault(_id(ids, row["requirement"]), {})[line] = None
    return {key: list(lines) for key, lines in found.items()}


def _now() -> datetime:
    """The moment of the transaction, as the database tells it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT app_now()")
        now: datetime = cursor.fetchone()[0]
    return now


def _load_equivalences(rows: Iterable[dict[str, str]], ids: dict[str, int]) -> None:
    wanted = {(ids[row["code"]], _id(ids, by)) for row in rows for by in _split(row["satisfied_by"])}
    satisfied_by: dict[int, list[int]] = {}
    for requirement_id, by in wanted:
        satisfied_by.setdefault(requirement_id, []).append(by)
    circle = find_circle(satisfied_by)
    if circle is not None:
        raise EquivalenceGoesInCircle(code=next(code for code, key in ids.items() if key == circle))
    now = _now()
    # What people have told has a first day; what the file tells has always been, and stays ended where it was ended.
    standing = list(Equivalence.objects.filter(withdrawn_at=None, requirement__in=ids.values(), by__in=ids.values()))
    held = {(e.requirement_id, e.by_id): e.pk for e in standing if e.valid_from == BEGINNING}
    if gone := [held[pair] for pair in held.keys() - wanted]:
        Equivalence.objects.filter(pk__in=gone).update(withdrawn_at=now)
    if new := sorted(wanted - {(e.requirement_id, e.by_id) for e in standing}):
        Equivalence.objects.bulk_create(
            [Equivalence(requirement_id=a, by_id=b, valid_from=BEGINNING, recorded_at=now) for a, b in new]
        )


Part = tuple[str, str, str, int]  # key, names of what is counted, per how many


def _ratio_parts(rows: list[dict[str, str]], ids: dict[str, int]) -> dict[int, list[Part]]:
    """Requirement id → the parts of its ratio."""
    found: dict[int, list[Part]] = {}
    for row in rows:
        part = (row["part"], row["name_nb"], row["name_nn"], int(row["per"]))
        found.setdefault(_id(ids, row["requirement"]), []).append(part)
    return found


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
