"""Grammars of designations: one module for each body, or group of bodies with a common form."""
