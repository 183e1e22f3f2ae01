"""Which requirement an entry in an old register speaks of. A suggestion with its reason, for a person to confirm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kompetanse.kernel.phrases import Found, phrasebook
from kompetanse.kernel.text import fingerprint

LEAST = 0.45
"""Below this score nothing is suggested."""
SURE = 0.75
"""From this score on, and with no other requirement near, a suggestion may be shown as ready to confirm."""
CLOSE = 0.08
"""Two suggestions nearer each other than this are shown as a choice."""


@dataclass(frozen=True, slots=True)
class Match:
    """A requirement that a register entry may be evidence of: score 0..1 and the reason in words."""

    code: str
    score: float
    reason: str
    sure: bool = False


class RequirementNames:
    """The names requirements go by, made ready to be looked up many times."""

    def __init__(self, names: Mapping[str, Iterable[str]]) -> None:
        self.book = phrasebook(names)


def suggest_requirement(
    text: str,
    names: Mapping[str, Iterable[str]] | RequirementNames,
    taught: Mapping[str, str] | None = None,
) -> list[Match]:
    """The requirements a register entry may be evidence of, best first; empty when nothing is like it.

    `names` are requirement code → its names; give `RequirementNames` when many entries are looked up. `taught` is what
    people have confirmed, entry text → code, recognised whatever the case, punctuation and written form; an empty code
    means that the entry was confirmed to be none of the requirements.
    """
    remembered = _remembered(text, taught or {})
    if remembered is not None:
        if not remembered:
            return []
        return [Match(remembered, 1.0, f"«{text.strip()}» er bekreftet som dette kravet før.", sure=True)]
    book = names.book if isinstance(names, RequirementNames) else phrasebook(names)
    found = [one for one in book.find(text) if one.score >= LEAST]
    near = len(found) > 1 and found[0].score - found[1].score < CLOSE
    return [
        Match(
            one.code,
            one.score,
            _reason(text, one, near and index < 2),
            sure=index == 0 and not near and one.score >= SURE and not one.mended,
        )
        for index, one in enumerate(found)
    ]


def _remembered(text: str, taught: Mapping[str, str]) -> str | None:
    if text in taught:
        return taught[text]
    wanted = fingerprint(text)
    codes = {code for said, code in taught.items() if wanted and fingerprint(said) == wanted}
    # Two people who taught differently leave the question open.
    return codes.pop() if len(codes) == 1 else None


def _reason(text: str, found: Found, near: bool) -> str:
    if fingerprint(text) == fingerprint(found.name):
        reason = f"«{text.strip()}» er et kjent navn på kravet"
    else:
        reason = f"«{', '.join(found.shared)}» svarer til «{found.name}»"
    if found.mended:
        reason += f"; lest som skrivefeil eller forkortelse: «{', '.join(found.mended)}»"
    if near:
        reason += "; et annet krav ligger like nær, så noen må velge"
    return reason + "."
