"""Pages of persons: links, contacts, and look-ups that were stopped."""
