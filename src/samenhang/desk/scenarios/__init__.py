"""Demonstrations: stories of invented people, told by calling the actions that users call.

Every name is put together from syllables that no language uses, so that nobody
who lives can be meant. The clock stands at the date of each step.
"""
