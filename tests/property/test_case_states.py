"""Any order of deeds on a case: no forbidden step, and nothing visible that the policy denies."""

from django.utils.translation import override

from scripts.draw_states import CASE, drawing


def test_the_page_is_drawn_from_the_tables() -> None:
    with override("en"):
        assert CASE.path.read_text(encoding="utf-8") == drawing(CASE)
