"""Rules with their versions and approvals; matches and what people made of them."""

from samenhang.criteria.models.matches import Look, Match, Ruling
from samenhang.criteria.models.rules import Approval, Rule, Version

__all__ = ["Approval", "Look", "Match", "Rule", "Ruling", "Version"]
