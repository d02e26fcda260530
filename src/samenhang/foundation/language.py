"""In which language reference data is told: it holds its own texts, in Dutch and in English."""

from django.utils.translation import get_language


def language() -> str:
    """That of the reader: ``nl`` or ``en``."""
    return "nl" if (get_language() or "en").startswith("nl") else "en"
