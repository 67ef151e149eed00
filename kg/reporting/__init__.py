"""Reports that are handed on: what references mean, with status and evidence, as one file."""
