"""What the people of one made-up municipality have shown that they can, and what stands in for it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from kompetanse.domains.competence.rules.evidence import text_key
from kompetanse.kernel.text import comparable

from . import words
from .people import NONE, YEARS, Held, Staff
from .plan import PAPERS, Municipality
from .register import BY, Lines, Rule, facts

EVIDENCE = (
    "tenant_id", "id", "employee_id", "requirement_id", "title", "title_key", "issuer", "certificate_number",
    "completed_on", "valid_to", "points", "source", "reference", "file", "recorded_at", "recorded_by", "verified_by",
    "corrects_id", "why", "void",
)  # fmt: skip
MAPPING = ("tenant_id", "id", "text", "text_key", "requirement_id", "confirmed_by", "confirmed_at")
DUTY = ("tenant_id", "id", "employee_id", "unit_id", "name", "key", "valid_from", "recorded_at", "recorded_by")
DISPENSATION = (
    "tenant_id", "id", "employee_id", "unit_id", "requirement_id", "position_title", "decided_by", "case_reference",
    "why", "valid_from", "valid_to", "recorded_at", "recorded_by", "withdrawn_by", "withdrawn_why",
)  # fmt: skip
LOCAL = ("tenant_id", "id", "requirement_id", "interval_months", "why", "valid_from", "recorded_at", "recorded_by")


class Papers:
    """Makes the rows of one municipality. The order of what is asked of the dice is the order of the methods."""

    def __init__(
        self, tenant: int, town: Municipality, told: Staff, rules: dict[int, Rule], targeting: Lines, day: date,
        dice: random.Random,
    ) -> None:  # fmt: skip
        self.tenant, self.town, self.told, self.dice, self.day = tenant, town, told, dice, day
        self.rules = {key: rule for key, rule in rules.items() if rule.owner in (None, tenant)}
        self.targeting = targeting
        self.days = [day - timedelta(days=back) for back in range(YEARS + 1)]
        self.iso = [str(one) for one in self.days]
        self.texts = {
            key: [(text, text_key(text)) for text in (form.format(rule.name) for form in words.OWN_WORDS)]
            for key, rule in self.rules.items()
        }
        self.names = {key: (rule.name, text_key(rule.name)) for key, rule in self.rules.items()}
        self._required: dict[tuple[str, str, bool], tuple[int, ...]] = {}

    def required(self, post: Held) -> tuple[int, ...]:
        """Requirements that the post comes under, by its own kind of unit and title."""
        if post.place.kind is None:
            return ()
        kind = (post.place.kind.word, post.title, post.leads)
        found = self._required.get(kind)
        if found is None:
            told = self.targeting.required(facts(post.place.kind, post.title, leads=post.leads))
            found = self._required[kind] = tuple(key for key in told if key in self.rules)
        return found

    def mapping_rows(self) -> Iterator[str]:
        """Most words have been given a meaning, some that they prove nothing; some wait."""
        number = self.town.index * 1000
        for key in sorted(self.rules):
            for text, told in self.texts[key]:
                chance = self.dice.random()
                if chance < 0.88:
                    number += 1
                    meaning = str(key) if chance < 0.86 else NONE
                    yield f"{self.tenant}\t{number}\t{text}\t{told}\t{meaning}\t{BY}\t{self.iso[3000]} 09:00+00\n"

    def evidence_rows(self) -> Iterator[str]:
        dice, tenant, iso = self.dice.random, self.tenant, self.iso
        everything = tuple(sorted(self.rules))
        by_employee: dict[int, Held] = {}
        for post in self.told.posts:
            by_employee.setdefault(post.employee, post)
        number = self.town.first_paper
        last = number
        for employee, post in by_employee.items():
            required = self.required(post) or everything
            for _ in range(5 + int(dice() * 10.55)):
                key = (
                    required[int(dice() * len(required))]
                    if dice() < 0.85
                    else everything[int(dice() * len(everything))]
                )
                back = int(dice() ** 1.4 * YEARS)
                done = iso[back]
                told = iso[max(0, back - int(dice() * 20))] + " 10:00+00"
                chance = dice()
                months = self.rules[key].months
                ends = NONE
                if months and chance < 0.3:
                    ends = str(self.days[back] + timedelta(days=months * 30))
                number += 1
                reference = verified = certificate = ""
                requirement = str(key)
                name, name_key = self.names[key]
                if chance < 0.45:
                    source, requirement = "import", NONE
                    name, name_key = self.texts[key][int(dice() * 3)]
                elif chance < 0.75:
                    source, reference = "course", f"PROVE-{number}"
                elif chance < 0.90:
                    source = "manager"
                elif chance < 0.95:
                    source, certificate = "registry", f"P{number}"
                else:
                    source, verified = "self", BY if dice() < 0.5 else ""
                points = "15.0" if chance > 0.88 else NONE
                issuer = words.ISSUERS[back % 5]
                head = f"{employee}\t{requirement}\t{name}\t{name_key}\t{issuer}\t{certificate}\t{done}\t{ends}"
                tail = f"{points}\t{source}\t{reference}\t\t"
                yield f"{tenant}\t{number}\t{head}\t{tail}{told}\t{BY}\t{verified}\t{NONE}\t\tf\n"
                if dice() < 0.015:
                    why = f"ført feil\t{'t' if dice() < 0.3 else 'f'}"
                    again = iso[max(0, back - 40)] + " 11:00+00"
                    number += 1
                    yield f"{tenant}\t{number}\t{head}\t{tail}{again}\t{BY}\t{verified}\t{number - 1}\t{why}\n"
        assert number - last < (self.town.people + self.town.guests) * PAPERS

    def duty_rows(self) -> Iterator[str]:
        """A safety representative in each unit, and those who handle what is dangerous."""
        safety, risk = comparable(words.SAFETY), comparable(words.RISK)
        seen: set[int] = set()
        for post in self.once():
            if post.leads or post.place.kind is None:
                continue
            since = self.iso[200 + post.id % 1000]
            if post.place.id not in seen:
                seen.add(post.place.id)
                name, key = words.SAFETY, safety
            elif post.place.sector == words.TECHNICAL and self.dice.random() < 0.2:
                name, key = words.RISK, risk
            else:
                continue
            head = f"{self.tenant}\t{post.id}\t{post.employee}\t{post.place.id}\t{name}\t{key}"
            yield f"{head}\t{since}\t{since} 09:00+00\t{BY}\n"

    def once(self) -> Iterator[Held]:
        """The posts, one for a person in a place."""
        seen: set[tuple[int, int]] = set()
        for post in self.told.posts:
            if (post.employee, post.place.id) not in seen:
                seen.add((post.employee, post.place.id))
                yield post

    def dispensation_rows(self) -> Iterator[str]:
        for post in self.once():
            required = self.required(post)
            if required and self.dice.random() < 0.004:
                start = self.days[self.dice.randrange(10, 300)]
                end = start + timedelta(days=self.dice.randrange(100, 700))
                key = required[-1]
                yield (
                    f"{self.tenant}\t{post.id}\t{post.employee}\t{post.place.id}\t{key}\t{post.title}\t{BY}\t\t"
                    f"prøvedata\t{start}\t{end}\t{start} 09:00+00\t{BY}\t\t\n"
                )

    def local_rows(self) -> Iterator[str]:
        """Some municipalities renew more often."""
        for at, key in enumerate(sorted(self.rules)):
            months = self.rules[key].months
            if months and months >= 12 and self.dice.random() < 0.05:
                number = self.town.index * 1000 + at
                yield (
                    f"{self.tenant}\t{number + 1}\t{key}\t{months // 2}\tprøvedata\t2020-01-01\t"
                    f"{self.iso[400]} 09:00+00\t{BY}\n"
                )
