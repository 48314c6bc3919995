"""What can be said: every kind of act, frozen and typed. No input or output, no clock."""
