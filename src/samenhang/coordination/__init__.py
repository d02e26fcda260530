"""What the coordinator of the approach was given, without a name; and who that is, when two agree.

Words: a *pseudonym* is the reference of a person, random and the same in everything that is given; to
*re-identify* is to show the asker the names behind one pseudonym.

Always true: nothing that the coordinator receives, finds or counts holds a name by itself (the policy
gives it no identity for any purpose); names are shown only after one asked with a reason and another
of the same body agreed, under the rule by which the item was given and that stands that day, to the
asker alone, for a day, each time on the record; never of a minor, and never where the law wants
pseudonyms.
"""
