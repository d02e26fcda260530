"""Structured professional judgement of one person, and the way back of who was abroad.

Words: an *instrument* is a list of indicators with its owner, licence and
limits; an *assessment* is the judgement of one case by two *assessors*; an
*opinion* is what one of them says, with an *answer* to each indicator; a
*level* is a word and never a number; a *pack* is an instrument that its licence
holder installed here.

Always true: no figure is made of answers, and no list, search or export shows
one; unknown is not absent; whoever says anything but unknown names a statement
that was there before; nothing is final without what protects, what speaks
against, another explanation and what is missing; what is final is never
changed; an assessment is stale the moment a statement falls on which it leans.
"""
