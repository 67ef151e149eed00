"""Statements about documents by their designations, whatever lists them."""
