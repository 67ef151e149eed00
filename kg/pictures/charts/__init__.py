"""Charts: timelines, observations, and panels of bars."""
