"""The approach itself: who takes part, what was promised about it, and what became of that.

Words: a *commitment* (toezegging) is what somebody in office promised to Parliament; a *conclusion* is
what the Council of ministers of the EU agreed; who *answers* for one is the official who sees to it; a
*paper* is the document in which it was promised, or with which it was kept. A *portal* is what a country
built to receive travel data, with the unit that works with it. A *partner* is an organisation that takes
part, or a body that the law of a day names; its *contact point* is the desk at which it is reached.

Always true: who promises is an office and never a name; nothing is kept before it was promised; a later
day has a reason and an office that promised it; what is over is over for a reason or by a paper; nothing
is removed. What a partner may give and get is read from the law of the day and stands nowhere else; its
contact point names a desk and never a person, is kept by itself, and what it was stays. None of it is about
a person, so every partner who signed in reads it. What of a paper nobody read in the source is shown as
not verified.
"""
