"""From sources to a published graph: convert, derive, check, validate, index, publish."""
