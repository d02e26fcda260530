"""Judging, and handing over a shift."""
