"""The invitation as iCalendar (RFC 5545): when and where, and nothing about anybody."""

from datetime import UTC, datetime


def calendar(
    uid: str,
    moments: tuple[datetime, datetime],
    title: str,
    place: str,
    revision: int,
    made_at: datetime,
) -> str:
    """For who is invited: put it in."""
    return _file(
        "PUBLISH", uid, moments, [_text("SUMMARY", title), _text("LOCATION", place)], revision, made_at
    )


def cancelled(
    uid: str, moments: tuple[datetime, datetime], title: str, revision: int, made_at: datetime
) -> str:
    """For who is no longer invited, or when it was called off: take it out (RFC 5546 §3.2.5).

    revision: as high as what went out before, or higher. The place is left out.
    """
    lines = [_text("SUMMARY", title), "STATUS:CANCELLED"]
    return _file("CANCEL", uid, moments, lines, revision, made_at)


def _file(
    method: str,
    uid: str,
    moments: tuple[datetime, datetime],
    about: list[str],
    revision: int,
    made_at: datetime,
) -> str:
    start, end, made = (f"{one.astimezone(UTC):%Y%m%dT%H%M%SZ}" for one in (*moments, made_at))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Samenhang//Conference//EN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid}@samenhang",
        f"DTSTAMP:{made}",
        f"DTSTART:{start}",
        f"DTEND:{end}",
        f"SEQUENCE:{revision}",
        *about,
        "CLASS:CONFIDENTIAL",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _text(name: str, text: str) -> str:
    """RFC 5545 §3.3.11."""
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return f"{name}:{text}".replace("\r", "")


def _folded(line: str) -> list[str]:
    """At most 75 octets a line (§3.1); cut at 37 characters, which are never more."""
    return [line[:37], *(f" {line[at : at + 36]}" for at in range(37, len(line), 36))]
