"""How robust a ranking is, reckoned once and kept with the weights."""

from __future__ import annotations

from kompetanse.domains.priorities import rules
from kompetanse.domains.priorities.models import Round, Weighting
from kompetanse.domains.priorities.queries.weighed import weigh


def keep_steadiness(found: Round, weighting: Weighting) -> None:
    """Draw the weights anew, and keep how each pool fared. Raises ScoresAreMissing."""
    weighed = weigh(found)
    kept = rules.steadiness(weighed.values, weighed.weighting.weights, top=found.top)
    weighting.steadiness = {str(key): [it.place, it.top] for key, it in kept.items()}
    weighting.save(update_fields=["steadiness"])
