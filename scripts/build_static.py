"""Collect the few front-end files that are served from node_modules into static-build/vendor.

Needs `npm ci` to have run; takes well under a second. Repeating it gives the same bytes.
An agency passes the stylesheet of its own design tokens: --theme path/to/theme.css
"""

import argparse
import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static-build" / "vendor"
THEME = MODULES / "@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css"

# Utrecht's "html" variants style plain elements, so that our templates stay plain HTML.
ELEMENTS = [
    "link",
    "heading-1",
    "heading-2",
    "heading-3",
    "heading-4",
    "paragraph",
    "unordered-list",
    "ordered-list",
    "table",
    "form-label",
    "form-fieldset",
    "textbox",
    "textarea",
    "select",
    "checkbox",
    "radio-button",
    "button",
]
CLASSES = [
    "button",
    "link",
    "skip-link",
    "alert",
    "form-field",
    "form-field-description",
    "form-field-error-message",
]

# Names of people come in more alphabets than ours.
ALPHABETS = ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "greek", "vietnamese"]
WEIGHTS = (400, 600, 700)

DECLARATION = re.compile(r"^\s*(--[\w-]+):\s*([^;]+);", re.MULTILINE)
USE = re.compile(r"var\(\s*(--[\w-]+)")
FACE = re.compile(r"@font-face\s*\{[^}]*\}")


def components() -> str:
    """The components we use, in a cascade layer: whatever samenhang.css says wins."""
    files = [MODULES / f"@utrecht/{name}-css/dist/html/index.min.css" for name in ELEMENTS]
    files += [MODULES / f"@utrecht/{name}-css/dist/index.min.css" for name in CLASSES]
    body = "\n".join(file.read_text() for file in files)
    owners = "Utrecht component library, EUPL-1.2, Frameless B.V. and Gemeente Utrecht"
    return f"/* {owners} */\n@layer utrecht {{\n{body}\n}}\n"


def tokens(theme: Path, used_by: str) -> str:
    """The design tokens that the given stylesheets reach, directly or through other tokens."""
    values = dict(DECLARATION.findall(theme.read_text()))
    if not values:
        raise SystemExit(f"{theme} holds no design tokens (--name: value;).")
    reached: set[str] = set()
    waiting = set(USE.findall(used_by))
    while waiting:
        name = waiting.pop()
        if name in values and name not in reached:
            reached.add(name)
            waiting.update(USE.findall(values[name]))
    lines = "\n".join(f"  {name}: {value};" for name, value in values.items() if name in reached)
    return (
        f"/* Design tokens from {theme.parent.parent.name} */\n@layer tokens {{\n:root {{\n{lines}\n}}\n}}\n"
    )


def fonts() -> str:
    """@font-face rules of Source Sans 3 (OFL-1.1); the browser fetches only the alphabets on the page."""
    source = MODULES / "@fontsource/source-sans-3"
    (VENDOR / "files").mkdir(parents=True)
    faces = []
    for weight in WEIGHTS:
        css = (source / f"{weight}.css").read_text()
        for face in FACE.findall(css):
            name = re.search(rf"files/source-sans-3-({'|'.join(ALPHABETS)})-{weight}-normal\.woff2", face)
            if name:
                shutil.copyfile(source / name[0], VENDOR / name[0])
                faces.append(re.sub(r",\s*url\([^)]*\.woff\) format\('woff'\)", "", face))
    return "\n".join(faces) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--theme", type=Path, default=THEME, help="a stylesheet with design tokens")
    theme = parser.parse_args().theme
    if not MODULES.is_dir():
        raise SystemExit("node_modules is missing: run `npm ci` first.")

    shutil.rmtree(VENDOR, ignore_errors=True)
    face = fonts()
    css = components()
    own = "".join(path.read_text() for path in sorted(ROOT.glob("src/samenhang/*/static/**/*.css")))
    (VENDOR / "face.css").write_text(tokens(theme, css + own) + css + face)
    shutil.copyfile(MODULES / "htmx.org/dist/htmx.min.js", VENDOR / "htmx.js")


if __name__ == "__main__":
    main()
