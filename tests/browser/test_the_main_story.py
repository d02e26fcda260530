"""Message, hit, signal, weighing, case, measure, lapse, report: walked by keyboard, in both languages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Page

from samenhang.cases.models import Case, Weighing
from samenhang.cases.rules import CRITERIA
from samenhang.desk import demonstration
from samenhang.desk.scenarios.cast import HOME, PASSWORD
from samenhang.desk.scenarios.story_2026 import ENDS, LISTED
from samenhang.desk.scenarios.travellers import message
from samenhang.desk.worker import work_once
from samenhang.foundation.models import Installation
from samenhang.measures.models import Measure
from samenhang.measures.rules import Status
from samenhang.watchlists.models import Hit
from tests.browser.page_checks import check_page, gather_faults
from tests.deconflicting import two_days_pass

APPROACH = "person-centred-approach"
WORDS = "Een hele zin met een feit en een datum erin."
FARTHEST = 120


@dataclass
class Walker:
    """Somebody with a keyboard and no mouse."""

    page: Page
    product: str
    language: str
    seen: list[str] = field(default_factory=list)

    def to(self, selector: str) -> None:
        """Press Tab until the focus is there; what Tab cannot reach does not exist for this person."""
        for _ in range(FARTHEST):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"Tab never reached {selector} on {self.page.url}")

    def type(self, selector: str, text: str) -> None:
        self.to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def press(self, selector: str, key: str = "Enter") -> None:
        """Go there and press; a page follows."""
        self.to(selector)
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def choose(self, selector: str) -> None:
        self.to(selector)
        self.page.keyboard.press("Space")

    def look(self, name: str) -> None:
        """Check the page as it stands and keep its picture."""
        check_page(self.page, f"story-{self.language}-{name}")
        self.seen.append(name)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.product}{path}")

    def sign_in(self, username: str, purpose: str) -> None:
        self.page.context.clear_cookies()
        self.go("/sign-in/")
        if self.page.locator("html").get_attribute("lang") != self.language:
            self.press(f"button[value={self.language}]")
        self.type("#id_username", username)
        self.type("#id_password", PASSWORD)
        with self.page.expect_navigation(url="**/task/**"):
            self.page.keyboard.press("Enter")
        self.to("input[name=purpose]")
        self.page.locator(f"input[value={purpose}]").press("Space")
        self.press("main form button[type=submit]")


Walk = Callable[[str], Walker]


@pytest.fixture
def walk(page: Page, product: str, browser: object) -> Walk:
    def begin(language: str) -> Walker:
        return Walker(page, product, language)

    return begin


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_main_story_is_walked_by_keyboard(language: str, walk: Walk, tmp_path: Path) -> None:
    for _step in demonstration.make("2026"):
        pass
    walker = walk(language)
    faults = gather_faults(walker.page)

    a_message_arrives(walker, tmp_path)
    two_people_judge_the_hit(walker)
    reference = police_write_a_signal(walker)
    three_people_weigh_it(walker, reference)
    measure = a_measure_is_decided(walker)
    it_lapses_and_is_counted(walker, measure)

    assert [fault for fault in faults if "422" not in fault] == []


def a_message_arrives(walker: Walker, folder: Path) -> None:
    file = folder / "XZ199.edi"
    file.write_bytes(message(ENDS - timedelta(hours=1), 99, [LISTED[2]], Random(7)))
    walker.sign_in("reis1", "investigation")
    walker.look("my-work")
    walker.go("/travel/upload/")
    walker.page.set_input_files("input[type=file]", file)
    walker.press("main form button[type=submit]")
    work_once()
    walker.go("/travel/")
    walker.look("messages")


def two_people_judge_the_hit(walker: Walker) -> None:
    hit = Hit.objects.unscoped("a test looks").order_by("-pk")[0]
    walker.go("/hits/")
    walker.look("hits")
    walker.press(f"a[href$='/hits/{hit.reference}/']")
    walker.look("hit")
    with walker.page.expect_navigation():
        walker.page.keyboard.press("m")
    walker.press("main form button[value=same-document]")

    walker.sign_in("reis2", "investigation")
    walker.go(f"/hits/{hit.reference}/")
    walker.look("hit-second-person")
    agree = walker.page.locator("#decide a[data-key]").first.get_attribute("data-key") or ""
    with walker.page.expect_navigation():
        walker.page.keyboard.press(agree)
    walker.press("main form button[value=all-agrees]")
    walker.look("hit-confirmed")
    assert Hit.objects.unscoped("a test looks").get(pk=hit.pk).status == "confirmed"


def police_write_a_signal(walker: Walker) -> str:
    walker.sign_in("politie1", "weighing")
    walker.go("/signals/new/")
    walker.type("#id_surname", "Spiegelzovliet")
    walker.type("#id_given_names", "Glopimo")
    walker.type("#id_birth_date", "23-7-2001")
    walker.to("#id_municipality")
    walker.page.keyboard.type(HOME[:6])
    walker.to("#id_triage_0")
    walker.page.keyboard.press("Space")
    walker.type("#id_text", WORDS)
    walker.type("#id_true_from", "20-11-2026")
    walker.type("#id_basis", "Wpg art. 8")
    walker.type("#id_necessity", WORDS)
    walker.press("main form button[type=submit]")
    walker.look("signal")
    boxes = walker.page.locator("#offer input[type=checkbox]").count()
    for place in range(boxes):
        walker.to("#offer input[type=checkbox]")
        walker.page.keyboard.press("Space")
        assert place < boxes
    walker.press("#offer form button[type=submit]")
    return str(Weighing.objects.unscoped("a test looks").order_by("-pk")[0].reference)


def three_people_weigh_it(walker: Walker, reference: str) -> None:
    for who in ("politie1", "officier", "burgemeester"):
        walker.sign_in(who, "weighing")
        walker.go(f"/weighings/{reference}/")
        if who == "officier":
            walker.look("weighing")
        walker.to("input[name=opinion]")
        walker.page.keyboard.press("Space")
        for code in CRITERIA:
            walker.type(f"#id_{code}", WORDS)
        walker.press("#position form button[type=submit]")
    walker.look("weighing-decided")


def a_measure_is_decided(walker: Walker) -> str:
    case = Case.objects.unscoped("a test looks").order_by("-pk")[0]
    walker.sign_in("regisseur", APPROACH)
    walker.go(f"/cases/{case.reference}/")
    walker.look("case")
    walker.press(f"a[href*='/measures/new/?case={case.reference}']")
    walker.to("#id_kind")
    walker.page.keyboard.type("Gebieds-/gr" if walker.language == "nl" else "Area/group")
    walker.type("#id_necessity", WORDS)
    walker.type("#id_subsidiarity", WORDS)
    walker.type("#id_intended", WORDS)
    walker.look("measure-new")
    walker.press("main form button[type=submit]")
    measure = Measure.objects.unscoped("a test looks").order_by("-pk")[0]
    assert measure.kind == "GW-172A"
    two_days_pass()

    walker.sign_in("jurist", APPROACH)
    step(walker, measure.reference, "check", {"#id_legality": WORDS}, radio="holds")
    walker.sign_in("regisseur", APPROACH)
    step(walker, measure.reference, "propose", {"#id_about": "Glopimo Spiegelzovliet"}, select="authority")
    walker.sign_in("burgemeester", APPROACH)
    days = {"#id_starts_on": "23-11-2026", "#id_lapses_on": "25-11-2026"}
    step(walker, measure.reference, "decide", {"#id_reasons": WORDS, **days}, radio="impose")
    step(walker, measure.reference, "notify", {"#id_told_on": "23-11-2026"})
    walker.look("measure-in-force")
    assert Measure.objects.unscoped("a test looks").get(pk=measure.pk).status == Status.IN_FORCE
    return str(measure.reference)


def step(
    walker: Walker, reference: str, name: str, texts: dict[str, str], *, radio: str = "", select: str = ""
) -> None:
    walker.go(f"/measures/{reference}/")
    walker.press(f"a[href$='/{reference}/{name}/']")
    if radio:
        walker.to(f"input[name={radio}]")
        walker.page.keyboard.press("Space")
    if select:
        walker.to(f"#id_{select}")
        walker.page.keyboard.type("Gemeente N")
    for selector, text in texts.items():
        walker.type(selector, text)
    walker.look(f"measure-{name}")
    walker.press("main form button[type=submit]")


def it_lapses_and_is_counted(walker: Walker, reference: str) -> None:
    home = Installation.objects.get()
    assert home.clock_at is not None
    home.clock_at += timedelta(days=2)
    home.save(update_fields=["clock_at"])
    work_once()
    walker.go(f"/measures/{reference}/")
    walker.look("measure-lapsed")
    assert Measure.objects.unscoped("a test looks").get(reference=reference).status == Status.LAPSED

    walker.sign_in("statisticus", "statistics")
    walker.go("/report/")
    walker.look("report")
    counted = walker.page.locator("tr", has_text="172a").locator("td").nth(2).inner_text()
    assert counted.strip() == {"nl": "1 tot 4", "en": "1 to 4"}[walker.language]  # small for who only counts
    walker.sign_in("ministerie", "statistics")
    walker.go("/report/")
    released = walker.page.locator("tr", has_text="172a").locator("td").nth(2).inner_text()
    assert released.strip() == "3"
