"""Compare docs/api/openapi.json with the API that the code offers; `--write` brings it up to date.

The API is the NinjaAPI object `api` in samenhang.config.api. While there is no NinjaAPI anywhere in
the source this says NOT YET and passes; from the first one on, the object and the file must be there.
"""

import json
import os
import sys
from difflib import unified_diff
from importlib import import_module
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "api" / "openapi.json"
MODULE = "samenhang.config.api"


def offered() -> str:
    """The OpenAPI document of the running code, as the file should hold it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samenhang.config.settings")
    django.setup()
    schema = import_module(MODULE).api.get_openapi_schema()
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True, default=str) + "\n"


def main(arguments: list[str]) -> int:
    if not any("NinjaAPI" in file.read_text(encoding="utf-8") for file in ROOT.glob("src/**/*.py")):
        print("check-api: NOT YET: the source holds no NinjaAPI")
        return 0
    document = offered()
    if "--write" in arguments:
        FILE.parent.mkdir(parents=True, exist_ok=True)
        FILE.write_text(document, encoding="utf-8")
        return 0
    kept = FILE.read_text(encoding="utf-8") if FILE.exists() else ""
    if kept == document:
        return 0
    print(f"{FILE.relative_to(ROOT)} is out of date; run `make fix` and look at what changed:")
    changes = unified_diff(kept.splitlines(), document.splitlines(), "the file", "the code", lineterm="", n=1)
    print("\n".join(islice(changes, 40)))
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
