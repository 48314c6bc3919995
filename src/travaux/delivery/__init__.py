"""Measures: deadlines, claims, answers, findings, extensions, counts, waits."""
