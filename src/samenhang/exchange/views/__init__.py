"""Pages: looking again, official messages, and movements."""
