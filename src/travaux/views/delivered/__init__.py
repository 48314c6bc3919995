"""Views of delivery: one row a measure, each party in a cell of its own; lists and pages made of them."""
