"""The one policy: who may see what, and why.

Words: a *protected* record has a scope, a provider, a category, purposes and a
classification; a *grant* lets an organisation see a category in a scope for a
time; a *block* takes it away and always wins.

Always true: what is not allowed is refused; ``decide`` and ``visible_to`` give
the same answer for every record; the database refuses SQL on a protected table
that did not come through here.
"""
