"""Names in scripts that leave out what Latin letters have: vowels, or the space behind a surname.

What no sign stands for cannot be told for certain. Frequent names in Arabic and Hebrew script are looked up;
others get an A where two consonants would meet at the beginning or the end, which is near enough to be found
by the consonants. Everything else is left for anyascii.
"""

import re
from functools import cache
from importlib.resources import files

_ARABIC = re.compile("[\u0621-\u064a\u0671-\u06d3]+")
# Signs above and below the letters, and the bar that only makes a word wider.
_SIGNS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]")
_HEBREW = re.compile("[\u05d0-\u05ea\u05f3]+")
_POINTS = re.compile("[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]")
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
# At the beginning of a word some stand for another sound than elsewhere.
_HEBREW_FIRST = {"ב": "B", "כ": "K", "פ": "P", "ו": "V", "י": "Y", "א": "A", "ע": "A"}
_HEBREW_CONSONANTS = {
    "ב": "V", "ג": "G", "ד": "D", "ז": "Z", "ח": "H", "ט": "T", "כ": "K", "ך": "KH", "ל": "L", "מ": "M",
    "ם": "M", "נ": "N", "ן": "N", "ס": "S", "פ": "F", "ף": "F", "צ": "TZ", "ץ": "TZ", "ק": "K", "ר": "R",
    "ש": "SH", "ת": "T", "ה": "H",
}  # fmt: skip
# Two letters that stand for one sound, the first of them not at the beginning of a word.
_HEBREW_PAIRS = (("יי", "EI"), ("וו", "V"), ("ג׳", "J"), ("ז׳", "ZH"), ("צ׳", "CH"), ("ץ׳", "CH"))
_VOWELS = {"ا": "A", "و": "U", "ي": "I", "ع": "A", "ے": "E"}


def told(name: str) -> str:
    """The name, with what these scripts leave out."""
    if (undivided := _UNDIVIDED.fullmatch(name)) is not None:
        return " ".join(filter(None, undivided.groups()))
    if _HEBREW.search(name) is not None:
        name = _HEBREW.sub(lambda word: _hebrew(word[0]), _POINTS.sub("", name.replace("\u05be", " ")))
    return _ARABIC.sub(lambda word: _word(word[0]), _SERVANT.sub("عبدال", _SIGNS.sub("", name)))


def _table(name: str) -> dict[str, str]:
    lines = files("screening").joinpath("data", name).read_text("utf-8").splitlines()
    return dict(line.split() for line in lines if line and line[0] != "#")


@cache
def _names() -> dict[str, str]:
    return {word.translate(_ALEFS): latin for word, latin in _table("arabic_names.tsv").items()}


@cache
def _hebrew_names() -> dict[str, str]:
    return _table("hebrew_names.tsv")


def _hebrew(word: str) -> str:
    return _hebrew_names().get(word) or _hebrew_by_rule(word)


def _hebrew_by_rule(word: str) -> str:
    written: list[str] = []
    bare, at = False, 0  # bare: a consonant stands before that has got no vowel
    while at < len(word):
        pairs = _HEBREW_PAIRS if at else _HEBREW_PAIRS[1:]
        pair = next((latin for two, latin in pairs if word.startswith(two, at)), "")
        letter, last = word[at], at + (2 if pair else 1) == len(word)
        sound = pair or (at == 0 and _HEBREW_FIRST.get(letter)) or _HEBREW_CONSONANTS.get(letter, "")
        at += 2 if pair else 1
        if letter == "ה" and last and written:  # mostly the ending of a feminine name
            sound = "A"
        if not sound or sound[0] in "AEI":
            written.append(sound or {"ו": "O", "י": "I"}.get(letter, "A" if bare else ""))
            bare = False
            continue
        if bare and (len(written) == 1 or last):
            written.append("A")
        written.append(sound)
        bare = True
    return "".join(written)


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
