"""An append-only log that others can check: a Merkle tree (RFC 6962, RFC 9162) with signed heads.

Words: a *leaf* is the hash of one entry's bytes; a *head* is the size of the log and
the root hash over all its leaves; a head is signed by the log as a *checkpoint*
(C2SP tlog-checkpoint, a signed note), and *co-signed* by a *witness*, who keeps the
last head elsewhere and refuses one that does not continue it.

``merkle`` is the tree and its proofs, ``notes`` the signatures, ``heads`` the
checkpoints, ``witness`` the witness, and ``verify`` one file that checks an export
by itself: it shares no line with the rest, so that the two can disagree.

Needs the standard library and ``cryptography``. Reads no clock.
"""
