"""Reads Relaton's YAML as typed records."""
