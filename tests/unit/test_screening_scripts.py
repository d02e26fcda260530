"""Names in Arabic, Hebrew, Chinese and Korean script become Latin names that are found."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.scripts import told
from screening.spelling import plain


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("محمد علي الحسيني", "MUHAMMAD ALI AL-HUSSEINI"),
        ("عَبْدُ اللهِ", "ABDULLAH"),  # with its vowel signs
        ("عبد الرحمن", "ABDULRAHMAN"),
        ("عبد الستار", "ABDULSATAR"),
        ("أسامة", "USAMA"),
        ("خالد المصري", "KHALID AL-MASRI"),  # the second by rule
        ("محمد VERZONNEN", "MUHAMMAD VERZONNEN"),
        ("李小龍", "Li XiaoLong"),
        ("김정은", "Gim JeongEun"),
        ("ŞÜKRÜ", "SUKRU"),
        ("משה כהן", "MOSHE COHEN"),
        ("אליהו בן־דוד", "ELIYAHU BEN DAVID"),  # with the hyphen of that script
        ("יִצְחָק", "YITZHAK"),  # with its vowel signs
        ("זלמן וולפנזון", "ZALMAN VALFNZON"),  # by rule
        ("עובדיה", "AOVDIA"),
        ("ג׳ברין", "JAVRIN"),
    ],
)
def test_what_a_script_leaves_out_is_told(name: str, latin: str) -> None:
    assert plain(name).casefold() == latin.casefold()


@settings(max_examples=50)
@given(st.text(alphabet="משהוויי׳בןץ־\u05b4محدعبال ويهةأإآىكگ李小김정a\u064b\u0640\u200c"))
def test_no_text_in_these_scripts_raises(name: str) -> None:
    assert plain(told(name)).isascii()
