"""Names in scripts that leave out what Latin letters have: vowels, or the space behind a surname.

What no sign stands for cannot be told for certain. Frequent names in Arabic script are looked up; others get
an A where two consonants would meet at the beginning or the end, which is near enough to be found by the
consonants. Everything else is left for anyascii.
"""

import re
from functools import cache
from importlib.resources import files

_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3]+")
# Signs above and below the letters, and the bar that only makes a word wider.
_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]")
_SERVANT = re.compile(r"\bعبد\s+ال")  # with the name of God that follows it is one name
# Two or three Chinese characters or Korean syllables: the first is the surname.
_UNDIVIDED = re.compile("([\u4e00-\u9fff])([\u4e00-\u9fff]{1,2})|([\uac00-\ud7a3])([\uac00-\ud7a3]{1,2})")
_ALEFS = str.maketrans("أإٱكيهةئؤ", "اااكيههيو") | str.maketrans(
    {"ک": "ك", "ی": "ي", "ى": "ي", "ە": "ه", "آ": "ا"}
)
_CONSONANTS = {
    "ب": "B", "پ": "P", "ت": "T", "ث": "TH", "ج": "J", "چ": "CH", "ح": "H", "خ": "KH", "د": "D", "ذ": "DH",
    "ر": "R", "ز": "Z", "ژ": "ZH", "س": "S", "ش": "SH", "ص": "S", "ض": "D", "ط": "T", "ظ": "Z", "غ": "GH",
    "ف": "F", "ڤ": "V", "ق": "Q", "ك": "K", "گ": "G", "ڭ": "G", "ل": "L", "م": "M", "ن": "N", "ه": "H",
    "ٹ": "T", "ڈ": "D", "ڑ": "R", "ں": "N", "ھ": "H", "ہ": "H",
}  # fmt: skip
_VOWELS = {"ا": "A", "و": "U", "ي": "I", "ع": "A", "ے": "E"}


def told(name: str) -> str:
    """The name, with what these scripts leave out."""
    if (undivided := _UNDIVIDED.fullmatch(name)) is not None:
        return " ".join(filter(None, undivided.groups()))
    return _ARABIC.sub(lambda word: _word(word[0]), _SERVANT.sub("عبدال", _SIGNS.sub("", name)))


@cache
def _names() -> dict[str, str]:
    lines = files("screening").joinpath("data/arabic_names.tsv").read_text("utf-8").splitlines()
    pairs = (line.split() for line in lines if line and line[0] != "#")
    return {word.translate(_ALEFS): latin for word, latin in pairs}


def _word(word: str) -> str:
    word, names = word.translate(_ALEFS), _names()
    if found := names.get(word):
        return found
    if word[:2] == "ال" and len(word) > 3:
        return f"AL-{_word(word[2:])}"
    if word[:5] == "عبدال" and len(word) > 6:
        return f"ABDUL{_word(word[5:])}"
    return _by_rule(word)


def _by_rule(word: str) -> str:
    written: list[str] = []
    bare = False  # a consonant stands before that has got no vowel
    for at, letter in enumerate(word):
        consonant = _CONSONANTS.get(letter) or (at == 0 and {"و": "W", "ي": "Y"}.get(letter)) or ""
        if not consonant:
            vowel = _VOWELS.get(letter, "")
            written.append("" if written and vowel == "A" and written[-1][-1:] == "A" else vowel)
            bare = False
            continue
        if at + 1 == len(word) and letter == "ه" and at > 2:  # mostly the ending of a feminine name
            written.append("A" if bare else "H")
            continue
        if bare and (len(written) == 1 or at + 1 == len(word)):
            written.append("A")
        written.append(consonant)
        bare = True
    return "".join(written)
