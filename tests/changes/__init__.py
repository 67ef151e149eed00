"""Tests of what happened between two states of catalogues."""
