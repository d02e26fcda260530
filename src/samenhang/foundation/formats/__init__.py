"""Dates and numbers as people in the Netherlands write them, in either language."""
