"""Measures with their findings and documents; arrests and the terms for which somebody is held."""

from samenhang.measures.models.custody import Arrest, ArrestQuerySet, Custody, CustodyQuerySet
from samenhang.measures.models.measures import (
    Document,
    DocumentQuerySet,
    Effect,
    Finding,
    Measure,
    MeasureQuerySet,
    Suspension,
)

__all__ = [
    "Arrest",
    "ArrestQuerySet",
    "Custody",
    "CustodyQuerySet",
    "Document",
    "DocumentQuerySet",
    "Effect",
    "Finding",
    "Measure",
    "MeasureQuerySet",
    "Suspension",
]
