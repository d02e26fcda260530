"""Names to comparable form, candidates, scores, explanations."""
