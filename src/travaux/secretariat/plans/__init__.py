"""Published plans: which column is what, rows as proposed acts, and one edition beside another."""
