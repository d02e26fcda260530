"""The folder that holds the state of one installation (``SAMENHANG_HOME``)."""

import os
from pathlib import Path

import platformdirs


def home() -> Path:
    """The home folder, made with mode 0700 where it is missing."""
    chosen = os.environ.get("SAMENHANG_HOME")
    folder = Path(chosen).expanduser() if chosen else platformdirs.user_data_path("samenhang")
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
