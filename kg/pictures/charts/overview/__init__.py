"""The overview: the contents of the whole graph in one picture of panels."""
