"""What a figure is, in which window, how exactly it is said, and what of it may leave."""

from samenhang.national_picture.rules.editions import (
    Definition,
    Edition,
    EditionFault,
    NoEdition,
    UnknownFigure,
    edition_on,
    editions,
)
from samenhang.national_picture.rules.figures import Counted, Figure, Report, Signature, delivered, quoted
from samenhang.national_picture.rules.precision import Stated, Word, is_small, printed, stated, words
from samenhang.national_picture.rules.windows import Asked, Kind, Span, Window

__all__ = [
    "Asked",
    "Counted",
    "Definition",
    "Edition",
    "EditionFault",
    "Figure",
    "Kind",
    "NoEdition",
    "Report",
    "Signature",
    "Span",
    "Stated",
    "UnknownFigure",
    "Window",
    "Word",
    "delivered",
    "edition_on",
    "editions",
    "is_small",
    "printed",
    "quoted",
    "stated",
    "words",
]
