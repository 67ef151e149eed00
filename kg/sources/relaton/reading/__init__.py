"""Read Relaton's YAML as typed records."""
