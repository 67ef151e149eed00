"""SHACL validation, checks written as queries, and the reports of both."""
