"""How risks are drawn: the matrix, and levels in words."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.domains.risks import rules
from kompetanse.domains.risks.types import HIGHEST, LOWEST, Level, RiskRow
from kompetanse.ui.matrix import Matrix, MatrixCell, MatrixRow, matrix

from .forms import CONSEQUENCES, PROBABILITIES

KINDS = {Level.LOW: "ok", Level.MEDIUM: "warn", Level.HIGH: "bad"}


def level_words() -> dict[Level, str]:
    return {Level.LOW: _("Lav"), Level.MEDIUM: _("Middels"), Level.HIGH: _("Høy")}


def risk_matrix(risks: Sequence[RiskRow]) -> Matrix:
    """Probability down, the likeliest at the top; consequence across. In each place its level and what lies there."""
    words = level_words()
    lines = []
    for probability in range(HIGHEST, LOWEST - 1, -1):
        cells = []
        for consequence in range(LOWEST, HIGHEST + 1):
            here = [risk for risk in risks if (risk.probability, risk.consequence) == (probability, consequence)]
            level = rules.level_of(probability, consequence)
            count = ngettext("%(count)s risiko", "%(count)s risikoer", len(here)) % {"count": len(here)}
            cells.append(
                MatrixCell(
                    words[level],
                    KINDS[level],
                    said=count if here else _("ingen"),
                    more=tuple((risk.reference, reverse("risks.risk", args=[risk.id])) for risk in here),
                )
            )
        lines.append(MatrixRow(str(dict(PROBABILITIES)[probability]), tuple(cells)))
    return matrix(
        _("Risikomatrise"),
        _("Sannsynlighet"),
        [str(word) for _key, word in CONSEQUENCES],
        lines,
        note=_("Nedover: hvor sannsynlig. Bortover: hvor alvorlig. Åpne risikoer står der de er vurdert i dag."),
    )
