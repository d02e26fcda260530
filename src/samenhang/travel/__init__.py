"""Passenger data as carriers send them: messages, flights, and the passengers the law lets us keep.

Words: a *message* is one delivery of bytes, which may hold several EDIFACT
messages, its *parts*; the *spool* keeps those bytes, sealed under a key of
their own, until they are read; a *passenger* is somebody on one flight; an
*observation* says that a message named them, and at which place.

Always true:

* twice is once: bytes are known by their digest, a place in a message is read once,
  and a person who is named again for the same flight (carriers push the same list
  five to seven times) updates the row that is there. Within a flight two names are
  one person when they are written alike and a document, the record locator or the
  date of birth agrees and none of these speaks against it. In doubt two rows are
  kept: a reviewer sees a double sooner than a missing person. Two people in one
  part are never made one;
* stopping a process at any moment loses nothing: bytes are on disk before their row
  is committed, and the key is destroyed only after what was read is committed.
  What a stopped process leaves in the spool is swept by the next;
* only fields of Directive (EU) 2016/681, annex I, read strictly (CJEU C-817/19), are
  kept; the rest is counted and forgotten together with the spool's key. Crew are no
  passengers (art. 3(4)) and are not kept;
* no name stands in the database: what identifies is sealed under a key of the day on which
  somebody was first named. After six months that key is destroyed. Who is kept for objective
  evidence has a key of their own by then, and is shown on no page but the one of an approved request to
  unmask, for a day, to who asked;
* nobody is denied boarding, and nothing leaves, because of what stands here.
"""
