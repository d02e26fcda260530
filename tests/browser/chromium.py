"""Where Chromium is, and how it is started: without speaking to anyone but the product."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

ARGUMENTS = (
    "--no-sandbox",  # as root, in a container, its own sandbox cannot be made
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",  # containers give too little shared memory
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# Milliseconds. A busy machine is slow, not wrong.
PATIENCE = 60_000

MISSING = "browser tests need Chromium: install it, or name it in SAMENHANG_CHROMIUM"


def chromium() -> str | None:
    """The path of the browser to use: the one named in SAMENHANG_CHROMIUM, else the first on PATH.

    None when there is none. A named one that does not exist is a mistake, and raises.
    """
    named = os.environ.get("SAMENHANG_CHROMIUM")
    if named:
        if not Path(named).exists():
            raise FileNotFoundError(f"SAMENHANG_CHROMIUM names {named}, which does not exist")
        return named
    return next((found for name in NAMES if (found := shutil.which(name))), None)
