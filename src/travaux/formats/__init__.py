"""Codecs at the edge: documents and files in and out."""
