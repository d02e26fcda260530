"""What every page must pass in a real browser: axe, no sideways scroll, no broken policy.

The pictures land in tests/browser/screenshots/ (not in the repository): look at them. Where CI is
set nobody would, and none are taken: they cost more than the checks.
"""

import json
import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = Path(__file__).resolve().parent / "screenshots"
PHONE, DESKTOP = 360, 1280
WCAG_22_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Looks once; and where something scrolls, once more at the contrast of what was scrolled out of sight.
RUN_AXE = """
async ([tags, scrollers, drawn]) => {
  const nodes = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => ({rule, node})));
  const told = (found) => found.map(({rule, node}) =>
    `${rule.id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}: `
      + [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; "));
  // Of what passes, and of the style sheets, we read nothing.
  const options = {
    resultTypes: ["violations", "incomplete"], elementRef: true, preload: {assets: ["media"]},
  };
  const regions = [...document.querySelectorAll(scrollers)].filter((region) =>
    region.scrollWidth > region.clientWidth || region.scrollHeight > region.clientHeight);
  const later = regions.length ? {"color-contrast": {enabled: false}} : {};
  const found = await axe.run({...options, runOnly: {type: "tag", values: tags}, rules: later});
  const looks = [found];
  if (regions.length) {
    // What is scrolled out of a region hides from the contrast check: open the regions for it.
    regions.forEach((region) => { region.style.overflow = "visible"; });
    document.body.style.minWidth = `${document.documentElement.scrollWidth}px`;
    looks.push(await axe.run({...options, runOnly: {type: "rule", values: ["color-contrast"]}}));
    regions.forEach((region) => { region.style.overflow = ""; });
    document.body.style.minWidth = "";
  }
  // An invisible button was once only "incomplete". But axe cannot measure letters in a drawing: on the map
  // with a white edge, in the tree of relations nearly black on white. A table says the same.
  const unsure = nodes(looks.flatMap((look) => look.incomplete))
    .filter(({rule, node}) => rule.id === "color-contrast" && !node.element.closest(drawn));
  return {
    violations: told(nodes(looks.flatMap((look) => look.violations))),
    undecided: told(unsure),
    passed: found.passes.length,
  };
}
"""
SCROLLERS = ".samenhang-scroll"
DRAWN = ".samenhang-map, .samenhang-tree"
OVERFLOWING = """
() => [...document.querySelectorAll("body *")]
  .filter((element) => !element.closest(".samenhang-scroll, .samenhang-unseen, .utrecht-skip-link"))
  .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((element) => element.outerHTML.slice(0, 160))
"""


def check_page(page: Page, name: str) -> None:
    """Look at the page as it stands, on a phone and on a desktop; raise AssertionError with every fault.

    Leaves name-360.png and name-1280.png, and the page at 1280 px.
    """
    faults: list[str] = []
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": 800})
        page.evaluate("document.fonts.ready")
        if "CI" not in os.environ:
            SCREENSHOTS.mkdir(exist_ok=True)
            page.screenshot(path=SCREENSHOTS / f"{name}-{width}.png", full_page=True)
        faults += [f"{name} at {width} px: {fault}" for fault in _faults(page)]
    assert not faults, "\n".join(faults)


def _faults(page: Page) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found: dict[str, Any] = page.evaluate(RUN_AXE, [WCAG_22_AA, SCROLLERS, DRAWN])
    assert found["passed"], "axe looked at nothing"
    faults = list(found["violations"]) + [f"undecided {fault}" for fault in found["undecided"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append("scrolls sideways: " + json.dumps(page.evaluate(OVERFLOWING)))
    return faults


def gather_faults(page: Page) -> list[str]:
    """A list that fills with what the browser complains of: broken policy, script errors, missing files."""
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults
