"""The Reconciliation Service API of the W3C Entity Reconciliation Community Group.

OpenRefine and other clients match the names in a table to entities of the graph, and fetch more
about them. Versions 0.2 (https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/)
and 1.0-draft (https://reconciliation-api.github.io/specs/draft/) differ in routes and in the form
of queries and answers; what is found is the same.
"""
