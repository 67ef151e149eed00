"""Readers of folders and archives: .zip, .tar, .tar.gz, .tar.zst; nothing is unpacked to disk."""
