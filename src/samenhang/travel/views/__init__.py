"""Messages that came in, and whether any may."""

from samenhang.travel.views.bases import bases, switch_off
from samenhang.travel.views.messages import message, messages, upload

__all__ = ["bases", "message", "messages", "switch_off", "upload"]
