"""Decisions about competence, in plain Python."""

from kompetanse.domains.competence.rules.matching import Match, RequirementNames, suggest_requirement

__all__ = ["Match", "RequirementNames", "suggest_requirement"]
