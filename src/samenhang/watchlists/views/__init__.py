"""Pages of hits and alerts."""
