"""Watchlists: lists and their entries, screening runs, hits, and their review by people.

Sanctions lists come in through `publishers`, as their publishers issue them. Only what
screening needs is read. A resemblance of records is never a finding about a person.
"""
