"""Figures and the report to Parliament: counted from the states, writing nowhere else.

Words: a *figure* has a definition, a window, a unit, a source and a rule of
publication; what is *counted* is exact and internal, what is *published*
follows the rule. *Effort* is how much police and service investigate, by quarter;
what our records do not hold of it, the body *enters* itself.

Always true: a figure is a question to the states of the areas below and never
a number of its own, but for what a body entered of its own work, with the
document it comes from; no figure, filter or column for religion, ethnicity or
descent; small counts are not published.
"""
