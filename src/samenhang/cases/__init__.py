"""Weighing a signal together, and the case that follows when all three agree.

Words: a *weighing* is the joint judgement of one signal by police, prosecution
and the mayor of the home municipality; a *position* is what one of them judges,
with reasons on five criteria, and where the signal belongs; an *inquiry* is
what they ask who submitted it, before they weigh it once more; a *case* is the
joint work on one person by its *parties*; its *regime* is the Wet PGA, or a
covenant on days before that Act.

Always true: a case under the Act exists only after three different people said
yes (Wet PGA art. 5(3)); two of them change nothing; before that nobody but the
submitter is asked for more (art. 5(4)), and that wait never just lapses; a
position is seen by its own organisation alone until all three are in, so that
nobody leans on another (docs/decisions/0031); what the parties receive, they
receive under a rule in force that day; a closed case is shielded from everyone
until it is destroyed (art. 6(3) and 9).
"""
