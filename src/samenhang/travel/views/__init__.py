"""Messages that came in, and whether any may."""

from samenhang.travel.views.bases import bases, switch_off
from samenhang.travel.views.messages import message, messages, upload
from samenhang.travel.views.quarantine import quarantine, settle

__all__ = ["bases", "message", "messages", "quarantine", "settle", "switch_off", "upload"]
