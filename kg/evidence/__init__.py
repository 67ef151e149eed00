"""Evidence: selectors of phrases, proofs of statements, verification against the text."""
