"""The fold: from acts to the state of the negotiation, as of a date."""
