"""The index of relations on disk: the neighbors of each node, as arrays."""
