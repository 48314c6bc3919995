"""The kinds of act, one module a family; `travaux.acts.kinds` lists them all on one page."""
