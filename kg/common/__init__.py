"""What every room may use: names of things, texts in two languages, files, errors, processes."""
