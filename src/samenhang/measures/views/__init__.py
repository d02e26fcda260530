"""Pages: measures, and arrests with the terms for which somebody is held."""
