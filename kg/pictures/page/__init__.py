"""Offline pages: one HTML file with picture, table, search and evidence."""
