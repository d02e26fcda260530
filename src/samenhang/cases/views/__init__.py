"""Pages: signals, their weighing, and cases."""
