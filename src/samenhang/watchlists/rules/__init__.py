"""Pure policy of alerts, hits and lists. No query, clock or request."""

from samenhang.judging.rules import ReasonMissing, check_reason

__all__ = ["ReasonMissing", "check_reason"]
