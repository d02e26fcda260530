"""Deconfliction: nobody's step runs into an investigation, and nobody learns whether there is one.

Words: a *step* is what somebody is about to do to a person, told by its kind; a *window* is the fixed
time in which the prosecution may ask to wait; a *hold* is that request, without a reason that anybody
outside the prosecution reads.

Always true: every step of a listed kind passes the same window, investigation or not, and before the
window closes every asker is told the same; a hold ends by itself after fourteen days at most and is
renewed only by another prosecutor; care, the protection of a child, remedies, lapse and release are no
listed kinds and never wait.
"""
