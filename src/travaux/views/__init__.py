"""Pure functions from the register to what a surface shows."""
