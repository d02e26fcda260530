"""The criminal cases of the demonstration of 2014, told by themselves: who counts as what, and the proof."""

from datetime import date

import pytest

from samenhang.desk.scenarios import story_2014
from samenhang.desk.scenarios.letter import prosecuting
from samenhang.desk.scenarios.letter.cast import SINCE
from samenhang.desk.scenarios.letter.telling import moment
from samenhang.national_picture.questions import QUESTIONS, Ask
from samenhang.national_picture.rules import Window
from samenhang.prosecution.models import CriminalCase, Evidence, Offence
from samenhang.prosecution.rules.course import Stage
from samenhang.prosecution.rules.evidence import checklist
from samenhang.prosecution.rules.tables import roles

pytestmark = pytest.mark.django_db


def test_the_criminal_cases_of_2014_are_told_under_the_law_of_that_year() -> None:
    story = story_2014.begin(moment(SINCE))

    for deed in sorted(prosecuting.deeds(story), key=lambda one: one.at):
        deed.do(deed.at)

    ask = Ask(Window(date(2012, 1, 1), date(2014, 6, 30)), (), moment(date(2014, 6, 30)))
    assert {role: QUESTIONS[f"criminal_cases_{role.replace('-', '_')}"](ask) for role in roles()} == {
        "traveller": 1, "intended-traveller": 2, "returnee": 2, "recruiter": 1, "facilitator": 1,
        "financer": 1,
    }  # fmt: skip
    assert CriminalCase.objects.unscoped("test").filter(stage=Stage.PROSECUTION).count() == 2
    offences = list(Offence.objects.unscoped("test"))
    assert {one.ground for one in offences if one.country != "NL"} == {"SR-5-2-OLD"}
    for offence in offences:
        pieces = Evidence.objects.unscoped("test").of([offence])
        assert any(line.missing for line in checklist(offence.law, pieces))
