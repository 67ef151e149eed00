"""Pictures of rows: timelines, figures, panels."""
