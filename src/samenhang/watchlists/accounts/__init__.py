"""Files of account holders, and of what screening found in them. They are the bank's own.

Nothing of them is kept here, and nothing of them stands in a message or a log: there a row is
a number. A row that cannot be compared is a result like any other, so that none is lost unseen.
"""
