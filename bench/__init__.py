"""Measured figures, as ratios to a named peer or limit in the same run."""
