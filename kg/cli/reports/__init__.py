"""The text that commands print, made from the results of the rooms below."""
