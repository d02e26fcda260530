"""The folder that holds the state of one installation (``SAMENHANG_HOME``), and those of demonstrations."""

import os
from pathlib import Path

import platformdirs

# The demonstration whose home is the folder itself; any other has a folder of its own in it.
USUAL = "2026"
_INSIDE = "demonstration-"


def home() -> Path:
    """The home folder, made with mode 0700 where it is missing."""
    chosen = os.environ.get("SAMENHANG_HOME")
    folder = Path(chosen).expanduser() if chosen else platformdirs.user_data_path("samenhang")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def of_demonstration(scenario: str) -> Path:
    """Where the demonstration with this story lives, beside the one of this home."""
    here = home()
    root = here.parent if here.name.startswith(_INSIDE) else here
    return root if scenario == USUAL else root / f"{_INSIDE}{scenario}"
