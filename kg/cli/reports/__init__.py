"""What the commands print: text for people, built from the answers of the floors below."""
