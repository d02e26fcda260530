"""The approach itself: what was promised about it, and what became of that.

Words: a *commitment* (toezegging) is what somebody in office promised to Parliament; a *conclusion* is
what the Council of ministers of the EU agreed; who *answers* for one is the official who sees to it; a
*paper* is the document in which it was promised, or with which it was kept. A *portal* is what a country
built to receive travel data, with the unit that works with it.

Always true: who promises is an office and never a name; nothing is kept before it was promised; a later
day has a reason and an office that promised it; what is over is over for a reason or by a paper; nothing
is removed. All of it is public, so every partner who signed in reads it. What of a paper nobody read in
the source is shown as not verified.
"""
