"""Invented plans in the layouts that governments and organisations publish, with what a careful person reads.

The layouts follow open-government schedules, accession programmes, plans of the Eurasian union, complexes of
measures of a Council of Ministers, reform matrices, steps of a recovery plan, notified trade measures,
blueprints of a regional community and programme tables with money by years. All words in them are our own.
"""
