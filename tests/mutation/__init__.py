"""Faults in the claims are caught at build."""
