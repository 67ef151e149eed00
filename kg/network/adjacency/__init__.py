"""The index of relations on disk: which things are joined, as arrays."""
