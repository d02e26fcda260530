"""The one kind of error that a user is meant to read."""

from typing import ClassVar


class Refused(Exception):
    """The rules say no. The message is translated and says what to do.

    A form shows it, the API sends it as problem+json (RFC 9457), a command
    prints it and ends with status 1.
    """

    code: ClassVar[str] = "refused"
    status: ClassVar[int] = 409
