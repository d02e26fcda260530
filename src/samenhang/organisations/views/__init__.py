"""Pages of the door, of one's own account, and the way to an identity provider."""
