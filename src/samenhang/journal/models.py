"""The entries. Written by ``journal.record`` alone, read by ``oversight`` alone."""

from django.db import models

from samenhang.journal.rules import Operation


class Entry(models.Model):
    """One line of the journal. The database itself refuses to change or remove it.

    The columns beside the envelope repeat parts of it so that oversight can
    search; the envelope is what counts.
    """

    envelope = models.BinaryField()
    event = models.CharField(max_length=60)
    operation = models.CharField(max_length=13, choices=Operation)
    subject = models.CharField(max_length=60)
    user = models.CharField(max_length=40)
    organisation = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40)
    case = models.CharField(max_length=40)
    acted_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    simulated = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["subject", "recorded_at"], name="journal_by_subject"),
            models.Index(fields=["user", "recorded_at"], name="journal_by_user"),
        ]

    def __str__(self) -> str:
        return f"entry:{self.pk}"
