"""Rules with their versions and approvals; matches and what people made of them."""

from samenhang.criteria.models.matches import Judgement, Look, Match
from samenhang.criteria.models.rules import Approval, Rule, Version

__all__ = ["Approval", "Judgement", "Look", "Match", "Rule", "Version"]
