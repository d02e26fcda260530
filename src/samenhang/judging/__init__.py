"""Judging: how people make something of what a machine found, the same for everything it finds.

Words: a *thing to be judged* is what was found in the record of a passenger, such as a resemblance to
an alert or a journey that a rule matched; an area above makes it and says of which *kind* it is: which
*answers* there are, on which key, for which reasons, and what follows. A *judgement* is what one person
answered, and why; a *second opinion* opens again what had ended.

Always true:

* nothing leaves before one person of the unit judged and another confirmed, and then only to the body
  that the thing names, under the rule of disclosure of that day;
* who could not decide, or did not agree, is not asked again: a colleague is;
* what waits is shown by state and arrival, never by strength, and nothing is dropped because there is
  much of it: a queue too long or too old is told;
* no machine judges.
"""
