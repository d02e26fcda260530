"""Backup and restore of an installation: database, files and the head of the log, encrypted as a whole.

``archive`` is the file, ``tables`` the rows in it, ``making`` and ``restoring`` the
two deeds. The key store is copied by ``samenhang keys backup``, to another place.
Lives in config because it must reach every table there is (docs/decisions/0091).
"""
