"""Which requirement an entry in an old register speaks of. A suggestion with its reason, for a person to confirm."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kompetanse.kernel.phrases import Found, phrasebook
from kompetanse.kernel.text import fingerprint
from kompetanse.kernel.text_marker import N_
from kompetanse.kernel.words import Words

LEAST = 0.45
"""Below this score nothing is suggested."""
SURE = 0.75
"""From this score on, and with no other requirement near, a suggestion may be shown as ready to confirm."""
CLOSE = 0.08
"""Two suggestions nearer each other than this are shown as a choice."""

TAUGHT = N_("«%(text)s» er bekreftet som dette kravet før.")
KNOWN_NAME = N_("«%(text)s» er et kjent navn på kravet.")
ANSWERS_TO = N_("«%(shared)s» svarer til «%(name)s».")
MENDED = N_("«%(mended)s» er lest som skrivefeil eller forkortelse.")
AS_NEAR = N_("Et annet krav ligger like nær, så noen må velge.")


@dataclass(frozen=True, slots=True)
class Match:
    """A requirement that a register entry may be evidence of: score 0..1 and the reason as sentences."""

    code: str
    score: float
    reason: tuple[Words, ...]
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
        return [Match(remembered, 1.0, (Words(TAUGHT, {"text": text.strip()}),), sure=True)]
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


def _reason(text: str, found: Found, near: bool) -> tuple[Words, ...]:
    if fingerprint(text) == fingerprint(found.name):
        reason = [Words(KNOWN_NAME, {"text": text.strip()})]
    else:
        reason = [Words(ANSWERS_TO, {"shared": ", ".join(found.shared), "name": found.name})]
    if found.mended:
        reason.append(Words(MENDED, {"mended": ", ".join(found.mended)}))
    if near:
        reason.append(Words(AS_NEAR))
    return tuple(reason)
