"""The entries, and the log that proves them. Written by the journal alone, read by ``oversight`` alone.

The sequencer gives each entry a position in the log and signs a head. A trigger
notes every new entry in ``Waiting``, in the transaction of the entry itself, so
that none is skipped however late it commits.
"""

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


class Waiting(models.Model):
    """An entry that has no position in the log yet."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True)

    def __str__(self) -> str:
        return f"waiting:{self.pk}"


class Leaf(models.Model):
    """The position of an entry in the log, from 0 on without gaps, and the hash of its envelope."""

    position = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT)
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"leaf:{self.pk}"


class Node(models.Model):
    """The root over 256 leaves (level 8), 256 such roots (16), and so on; ``number`` counts from 0."""

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["level", "number"], name="a_node_of_the_log_is_computed_once")
        ]

    def __str__(self) -> str:
        return f"node:{self.level}/{self.number}"


class Head(models.Model):
    """A signed head of the log: ``note`` is the checkpoint. There is one for each size."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"head:{self.pk}"


class Cosignature(models.Model):
    """That a witness saw this head and found that it continues the one before."""

    head = models.ForeignKey(Head, models.PROTECT)
    witness = models.CharField(max_length=200)
    line = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["head", "witness"], name="a_witness_cosigns_a_head_once")
        ]

    def __str__(self) -> str:
        return f"cosignature:{self.pk}"
