"""Settings, URLs and the console script: the only place that knows everything."""
