"""The rolling text: wordings compiled into brackets, taken out again, and written down."""
