"""Lets ``python -m kg`` run the command ``kg``."""

from kg.cli import main

main()
