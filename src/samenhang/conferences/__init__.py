"""The case conference: who meets about which cases, what is said, decided and done.

Words: a *conference* is one meeting; an *item* of its agenda is one case; an
*invitee* is a person who is asked to come and answers; a *paper* is what a
partner is asked to bring in before; the *room* is who is there now; a
*marker* is one line that something was said aloud, until its provider confirms
the wording; a *decision* has its reasons and *dissents*; an *action* is what
one person will do before a day; the *minutes* are kept for each item, because
each item has other readers.

Always true: nobody is invited whom the law of that day does not let sit there;
who is taken off the list reads nothing of the conference from then on;
an item is not open while somebody is in the room who may not read it, and the
chair's screen shows only what everybody in the room may read; a wording that
its provider did not confirm within five working days is gone, and the journal
keeps that something was said (CTIVD 57); a decision says why nothing lighter
will do.
"""
