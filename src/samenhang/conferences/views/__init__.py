"""Pages of a conference: preparing it, the chair's one screen, and what follows."""
