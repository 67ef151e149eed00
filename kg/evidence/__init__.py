"""Evidence: its reader, phrases and positions in texts, proofs of claims, verification."""
