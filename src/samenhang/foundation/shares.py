"""A master key in parts, of which any few together give it back: nobody holds it alone.

Shamir's scheme over GF(2^128) from PyCryptodome. Its secrets are 16 bytes, so each
half of the key is shared by itself; fewer parts than needed tell nothing about
either. Written down a part is one line::

    samenhang-part 5b0c1e9a7f21 2-of-3 1 ABCD-EFGH-... 7c02ab
"""

import hashlib

from Crypto.Protocol.SecretSharing import Shamir
from django.utils.translation import gettext as _

from samenhang.foundation.errors import Refused
from samenhang.foundation.master_keys import SIZE, MasterKey, NoMasterKey, from_groups, in_groups

WORD = "samenhang-part"
HALF = 16
MOST = 16


class BadParts(Refused):
    """These parts do not give a master key; the message says which is wrong."""

    code = "bad-parts"


def split(key: MasterKey, *, needed: int, parts: int) -> list[str]:
    """The lines to hand out. Raises BadParts for numbers that make no sense."""
    if not 2 <= needed <= parts <= MOST:
        raise BadParts(_("Choose at least 2 of at most %d parts.") % MOST)
    first = Shamir.split(needed, parts, key.key[:HALF])
    second = Shamir.split(needed, parts, key.key[HALF:])
    return [
        _line(f"{WORD} {key.id} {needed}-of-{parts} {number} {in_groups(one + other)}")
        for (number, one), (_number, other) in zip(first, second, strict=True)
    ]


def join(lines: list[str]) -> MasterKey:
    """The key from the parts of one splitting. Raises BadParts."""
    read = [_read(line) for line in lines if line.strip()]
    if not read or len({(identity, needed) for identity, needed, _number, _part in read}) > 1:
        raise BadParts(_("These parts do not belong together: compare the words before the long one."))
    identity, needed = read[0][:2]
    parts = {number: part for _identity, _needed, number, part in read}
    if len(parts) < needed:
        raise BadParts(
            _("%(there)d parts are not enough; %(needed)d different ones are needed.")
            % {"there": len(parts), "needed": needed}
        )
    chosen = sorted(parts.items())[:needed]
    halves = [
        Shamir.combine([(number, part[place : place + HALF]) for number, part in chosen])
        for place in (0, HALF)
    ]
    key = MasterKey(b"".join(halves))
    if key.id != identity:
        raise BadParts(_("These parts come from different splittings of the key. Use parts of one."))
    return key


def _read(line: str) -> tuple[str, int, int, bytes]:
    words = line.split()
    if len(words) != 6 or words[0] != WORD:
        raise BadParts(_("A part is one line of six words that begins with: %s") % WORD)
    try:
        part = from_groups(words[4])
        needed, number = int(words[2].partition("-")[0]), int(words[3])
    except (NoMasterKey, ValueError):
        part, needed, number = b"", 0, 0
    if len(part) != SIZE or _line(" ".join([*words[:4], in_groups(part)])).split()[5] != words[5].lower():
        raise BadParts(_("Part %s was not written down rightly. Check it sign by sign.") % words[3])
    return words[1], needed, number, part


def _line(words: str) -> str:
    """With six figures at the end that tell a slip of the pen."""
    return f"{words} {hashlib.sha256(words.encode()).hexdigest()[:6]}"
