"""Charts: timelines, measurements, and panels of bars."""
