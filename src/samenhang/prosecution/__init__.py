"""The criminal track: that a criminal case runs about a person, which offences, and how far the proof is.

Words: a *criminal case* is the track of one person, not the criminal file, which stays with the
prosecution; a *role* is what the person is suspected to be (``data/roles.json``); an *offence* has an
article (``data/offences.json``) and a *ground* on which Dutch law reaches it (``data/reach.json``); an
*element* is what must be proved; *evidence* says where in the criminal file something is, and never what
it says; *administrative material* is what was given for weighing or for the approach.

Always true: police and prosecution alone learn that there is one, and nothing they do here leaves a
trace that anybody else reads: no page, count, refusal, gap or certificate; an offence abroad has a ground
with each of its conditions confirmed; administrative material proves nothing here unless it came by a
route of its own; what speaks for the person has its place beside what speaks against; a case that
nobody reviews ends by itself, and no case outlives its end for longer than its outcome asks.
"""
