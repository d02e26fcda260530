"""What real carriers and networks do to messages. None of it hides anybody from a good reader."""

import re
from collections.abc import Callable
from random import Random

Fault = Callable[[bytes, Random], bytes]


def _wrapped(data: bytes, _random: Random) -> bytes:
    """69 columns, wherever that falls: also in the midst of a tag."""
    whole = data.replace(b"\r\n", b"")
    return b"\r\n".join(whole[at : at + 69] for at in range(0, len(whole), 69))


def _type_b(data: bytes, random: Random) -> bytes:
    stamp = f"{random.randrange(1, 29):02}{random.randrange(24):02}{random.randrange(60):02}"
    return b"QD AMSPIXH\r\n.XXXRM " + stamp.encode() + b"\r\n" + _wrapped(data, random) + b"\r\n\r\n=\r\n"


def _footer(data: bytes, _random: Random) -> bytes:
    return data + b"\r\n\r\n-- \r\nThis e-mail was scanned for viruses. All clear.\r\n"


def _counts(data: bytes, random: Random) -> bytes:
    wrong = str(random.randrange(1, 999)).encode()
    return re.sub(rb"(?<=UNT\+)\d+|(?<=CNT\+42:)\d+", wrong, data)


def _lower(data: bytes, _random: Random) -> bytes:
    return re.sub(rb"^(?:ATT|NAT|LOC|RFF|SSD|RCI)\+", lambda tag: tag[0].lower(), data, flags=re.M)


def _unterminated(data: bytes, _random: Random) -> bytes:
    return data[: data.rindex(b"'")]


def _without(tag: bytes) -> Fault:
    return lambda data, _random: re.sub(rb"^" + tag + rb"[^']*'(?:\r\n)?", b"", data, count=1, flags=re.M)


FAULTS: dict[str, Fault] = {
    "line wraps at 69 columns": _wrapped,
    "Type B header and trailer": _type_b,
    "mail footer": _footer,
    "wrong counts": _counts,
    "tags in lower case": _lower,
    "last segment cut off": _unterminated,
    "byte order mark": lambda data, _: b"\xef\xbb\xbf" + data,
    "STX and ETX": lambda data, _: b"\x02" + data + b"\x03",
    "blanks before": lambda data, _: b"  \r\n " + data,
    "no line ends": lambda data, _: data.replace(b"\r\n", b""),
    "no UNA": lambda data, _: data[data.index(b"UNB") :],
    "no UNT": _without(rb"UNT"),
    "no UNZ": _without(rb"UNZ"),
    "blank after UNG": lambda data, _: data.replace(b"UNG+", b"UNG +", 1),
    "two interchanges": lambda data, _: data + b"\r\n" + data,
}
