"""Rules of procedure as data, and the predicates that judge an act."""
