"""The letter behind a decision: kept sealed, opened for those who may see the decision."""

import hashlib
import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from samenhang.access import policy
from samenhang.exchange import actions as exchange
from samenhang.foundation.keys import key_store
from samenhang.journal import Actor, record
from samenhang.journal.rules import Operation
from samenhang.measures import rules
from samenhang.measures.models import Document, Measure
from samenhang.measures.rules import Upload

LARGEST = 20 * 1024 * 1024
# What a letter may be, told from its first bytes and never from its name.
KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def keep(measure: Measure, upload: Upload, *, by: Actor) -> Document:
    """Seal the letter on disk. Raises BadDocument for what is empty, too large or not a letter."""
    media_type = _media_type(upload.content)
    document = Document(
        measure=measure,
        name=Path(upload.name).name[:120],
        media_type=media_type,
        digest=hashlib.sha256(upload.content).hexdigest(),
        size=len(upload.content),
        added_by=by.user,
        added_at=by.now,
        **measure.protection(),
    )
    # On disk before the row: a row without its file would be a promise we cannot keep.
    sealed = key_store().seal(document.reference, upload.content, context="measures.document")
    _write(_path(document), sealed)
    document.save(force_insert=True)
    exchange.rely(measure, document, by=by)
    record("document.added", document, by=by, operation=Operation.COLLECTION)
    return document


@transaction.atomic
def open_document(document: Document, *, by: Actor) -> bytes:
    """The letter itself, for those who may see the decision; the opening is journalled."""
    policy.require(by, "read", document)
    sealed = _path(document).read_bytes()
    record("document.opened", document, by=by, operation=Operation.CONSULTATION)
    return key_store().open(document.reference, sealed, context="measures.document")


def _media_type(content: bytes) -> str:
    if len(content) > LARGEST:
        raise rules.BadDocument(_("The file is larger than 20 MB. Send a smaller one."))
    for start, media_type in KINDS.items():
        if content.startswith(start):
            return media_type
    raise rules.BadDocument(_("Attach the decision as a PDF or as a picture (PNG or JPEG)."))


def _path(document: Document) -> Path:
    return Path(settings.FILES) / "documents" / document.reference


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
