"""Lists of documents as people keep them."""
