"""Reads Relaton's YAML into typed records."""
