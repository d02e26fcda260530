"""The law as data: who may give what to whom, which measures exist, and when.

Words: a *rule* lets one provider give one category of data to one recipient for
one purpose in one period. A *condition* is a precondition or a form, which must
be met, or an *effect*, which comes with the disclosure. A *kind of measure* has
*versions*, one for each ground it had in time, and *competences*: who proposes,
decides and executes it. A *mark* says how well the source was read: V (the words
of the article), V-part (part of it), G (general knowledge).

Always true:

* deny by default: without a rule in force on that very day the answer is no;
* rules marked G are off until a named lawyer enables them;
* no code inherits from another: LOVJ is not OM, PINL is not KMAR, SOZA is not
  COLL, and the case conference (CASUS, WEEG) has only rules of its own;
* every period counts both its first and its last day;
* what may be done on a day follows from dates alone, never from a setting.
"""
