"""Interventions: suggested, checked for legality, decided by the body that may, notified, ended on time.

Words: a *kind* is a sort of measure that the law has on a day (``grounds``); a
*decision* is made by the competent authority in its own capacity, here or in
writing elsewhere; a measure *lapses* by itself on ``lapses_on``, the first day
on which it is no longer in force, unless it was renewed before.

Always true: no kind outside the law of the day; nothing is decided by a
machine; who decides neither suggested the measure nor checked it; a decision
recorded from paper is confirmed by a second person; no measure outlives its
term or its legal ground.
"""
