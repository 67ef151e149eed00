"""The outside -> quads: one module for each kind of source."""
