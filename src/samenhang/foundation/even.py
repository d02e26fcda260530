"""An answer that takes as long whether much or little was found, so that the time it takes tells nothing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def evenly() -> Iterator[None]:
    """Leave the block not before ``EVEN_SECONDS`` after it was entered. What takes longer is not helped."""
    began = time.monotonic()
    try:
        yield
    finally:
        time.sleep(max(0.0, settings.EVEN_SECONDS - (time.monotonic() - began)))
