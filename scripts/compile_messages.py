"""Compile the Dutch texts (django.po to django.mo) without a system gettext. Fast, repeatable."""

from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    for path in sorted(ROOT.glob("src/samenhang/locale/*/LC_MESSAGES/django.po")):
        polib.pofile(str(path), check_for_duplicates=False).save_as_mofile(str(path.with_suffix(".mo")))


if __name__ == "__main__":
    main()
