"""Rules with their versions and approvals; matches and what people made of them; counts of both."""

from samenhang.criteria.models.matches import Judgement, Look, Match
from samenhang.criteria.models.rules import Approval, Rule, Version
from samenhang.criteria.models.tally import MatchTally

__all__ = ["Approval", "Judgement", "Look", "Match", "MatchTally", "Rule", "Version"]
