"""What happened between two states of catalogues: events with their records, and churn."""
