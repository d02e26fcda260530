"""Write matrix.csv anew from routes.toml and the oracle: ``uv run python -m tests.access_matrix``."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from tests.access_matrix.oracle import MATRIX, matrix  # noqa: E402

MATRIX.write_text(matrix(), encoding="utf-8")
sys.stdout.write(f"Wrote {MATRIX.name}. Read what changed in it before you commit it.\n")
