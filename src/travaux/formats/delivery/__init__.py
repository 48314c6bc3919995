"""Delivery as files: tables, workbooks, calendars, feeds. Each codec takes the JSON of a board
(``docs/schema/measures.schema.json``) and gives bytes; the same board gives the same bytes."""
