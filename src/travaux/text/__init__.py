"""The rolling text: units, brackets, compile, resolve, compare, notation."""
