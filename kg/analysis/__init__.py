"""What the graph tells when it is computed with: profiles, paths, centrality, counts."""
