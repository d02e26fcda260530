"""Pages: the report, and the effort of police and service by quarter."""
