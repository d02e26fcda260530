"""The country of 2012 to 30 June 2014: whom it is about, what happened on which day, and how it is told.

Words: the *plot* says how many and when; a *deed* is one thing that somebody
does at a moment; a theme turns the plot into deeds; the story does them in the
order of time, by the actions that users call.

Always true: no figure stands here. The plot says on which day which person was
deregistered; how many persons that makes, the report counts.
"""
