"""Analysis of the graph: profiles, paths, centrality, statistics."""
