"""The one error that a user sees: a line that names what is wrong, where, and what to do."""

from __future__ import annotations


class KgError(Exception):
    """Bad input or a state the program can't work in; the message is one line for the user.

    The command line prints it on stderr and exits with 2; with ``--debug`` the traceback follows.
    """
