"""Other tools on the same inputs, each in a process and an environment of its own; never imported here."""
