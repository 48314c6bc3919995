"""Travaux: the working record of a negotiation, from the first roadmap to the last measure carried out."""

__version__ = "0.1.0"
