"""Samenhang: one lawful, provable and contestable place for partners against violent extremism."""
