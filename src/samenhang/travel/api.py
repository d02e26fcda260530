"""Messages for machines: send one, ask what became of it."""

from datetime import UTC, datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema, Status
from pydantic import Field

from samenhang.organisations.middleware import ActorRequest
from samenhang.travel import actions
from samenhang.travel.models import Message

router = Router(tags=["messages"])
BODY = {
    "requestBody": {
        "required": True,
        "description": "The bytes of one file: UN/EDIFACT PAXLST or PNRGOV, as they are.",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}}
            for kind in ("application/edifact", "application/octet-stream")
        },
    }
}

FileName = Annotated[str, Query(max_length=120, description="The name of the file.")]


class Problem(Schema):
    """Something the sender did wrong; reading went on."""

    offset: int = Field(description="Byte in the file.")
    segment: str
    message: str


class Received(Schema):
    """What a message was. Never who was in it."""

    reference: str
    duplicate: bool = Field(False, description="The same bytes were received before.")
    state: str = Field(
        description="received, read, held (reference used before), unreadable, destroyed or refused."
    )
    kind: str = Field(description="PAXLST, PNRGOV, or what the file is instead.")
    received_at: datetime
    read_at: datetime | None
    parts: list[dict[str, Any]] = Field(description="The EDIFACT messages in the file.")
    passengers: int
    records: int
    answers: int
    left_behind: dict[str, int] = Field(description="How many things of each sort were not kept.")
    problem_count: int
    problems: list[Problem] = Field(description="The first of them.")
    conflicts_with: str = Field(
        description="The message that had the same sender and control reference, but other content."
    )


@router.post(
    "",
    response={201: Received, 200: Received},
    summary="Send a message",
    description="Received and read at once. The same bytes again answer 200 with what they were before. "
    "Without a legal basis of the day for its kind of data it is refused (403) and nothing of it is kept.",
    openapi_extra=BODY,
)
def send(request: ActorRequest, name: FileName = "") -> Status[dict[str, Any]]:
    receipt = actions.take_in(request.body, name=name, by=request.actor)
    return Status(200 if receipt.duplicate else 201, _told(receipt.message, duplicate=receipt.duplicate))


@router.get("/{reference}", response=Received, summary="What became of a message")
def show(request: ActorRequest, reference: str) -> dict[str, Any]:
    message = get_object_or_404(Message.objects.visible_to(request.actor), reference=reference)
    return _told(message, duplicate=False)


def _told(message: Message, *, duplicate: bool) -> dict[str, Any]:
    told = {name: getattr(message, name, None) for name in Received.model_fields} | {"duplicate": duplicate}
    # In one zone, whether the row was just made or comes from the database.
    moments = {name: value.astimezone(UTC) for name, value in told.items() if isinstance(value, datetime)}
    return told | moments
