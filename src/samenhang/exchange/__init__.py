"""What is known, from whom, for whom: statements, signals, disclosures and what leans on them.

Words: a *statement* is one thing that one organisation says about one person,
with its evaluation, handling code, basis, and when it was true and known; a
*signal* is a report of worrying conduct that a participant submits, made of
statements; a *disclosure* is one category of data given to one organisation
under one rule of law; a *question* asks a partner whether it knows somebody, and
the *received question* is the same one at that partner; a *reliance* says that
something leans on a statement.

Always true: nothing is given without a rule in force that very day, and the
rule stands in the disclosure; a statement is never changed, only corrected by
another or withdrawn; who asks a partner learns a hit or no hit, and never why;
whatever leans on a statement that falls must be reconsidered by a date.
"""
