"""EDIFACT passenger messages to frozen dataclasses. Standard library only."""
