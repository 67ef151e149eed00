# What developers run; needs the environment of the README's test command.

[private]
default:
    @just --list --unsorted

# Before each commit: lint, types, and the tests that take under 90 seconds together.
quick: lint types
    python -m pytest -m "not slow"

# What CI runs: lint, types, and all tests.
all: lint types tests

# Style, format, and which room may import which.
lint:
    ruff check .
    ruff format --check .
    lint-imports

# Static types.
types:
    mypy

# All tests, with further arguments for pytest.
tests *arguments:
    python -m pytest {{ arguments }}
