"""What every area stands on, without one word of the domain.

Refusals, identifiers, the home folder, the clock of the installation, the key
store, page blocks and base templates, health. Always true: nothing here knows
what a case, a person or a law is.
"""
