"""The overview: what the whole graph holds, as one sheet of panels."""
