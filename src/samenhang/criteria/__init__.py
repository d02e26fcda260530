"""Predetermined criteria: rules about journeys, approved by people, whose matches people judge.

Words: a *rule* has an owner and *versions*; a version is never changed, only followed by
another. It says in CEL, over the *facts* of a journey, *when* a journey matches and what then
speaks against (*unless*). Its *trial* ran it on made travellers. A *match* is a journey on which a
version in force matched; a *ruling* is what a person made of that.

Always true:

* a rule sees facts of journeys and nothing else: the record has no name, nationality, state of
  a document, sex, age or seat, so no expression can ask for them (Directive (EU) 2016/681 art. 6(4));
* what no message told is no fact: whatever leans on it does not match;
* nothing runs before it was tried on made travellers of every culture of names and two people,
  neither of whom wrote it, approved it; nor without a legal basis for bookings; nor after its term;
* an expression is evaluated with limits on size, depth and steps, and runs no code;
* a match says something about a journey. Nothing follows from it before one person judged and a
  second confirmed; no match is dropped because there are many.
"""
