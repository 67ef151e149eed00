"""The graph as an API: canned questions, search, profiles, paths and matches in JSON and CSV."""
