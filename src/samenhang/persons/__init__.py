"""Who a file is about: a person known only through claims that can be taken apart again.

Words: an *identity claim* is what one source says somebody is called and when
they were born; a *person* is an empty peg with a reference; a *link* hangs a
claim on a peg, and is proposed, confirmed, rejected or undone.

Always true: nothing merges, so every link can be undone and its reasons stay; a
link is confirmed or rejected by somebody else than who proposed it; the only
claim without a second person is the *founding* one, which defines the peg
instead of saying that two are the same; no person is ever made from a mention,
only by a deed of a person.
"""
