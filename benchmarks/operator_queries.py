"""A query for each operator, function, form and shape of SPARQL 1.1, on any graph.

The idea is Sparqloscope's (Bast and others, 2025): one query for one operator, made from the
statistics of the graph, large enough that the operator decides how long it takes. Most of them
count, so that not the size of the answer is measured. Places such as ``%text%`` are terms of
:class:`benchmarks.graph_statistics.GraphStatistics`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from benchmarks.graph_statistics import GraphStatistics


@dataclass(frozen=True)
class OperatorQuery:
    """A query with the operator that it tries; ``refused`` if a server must not run it."""

    group: str
    name: str
    text: str
    refused: bool = False


_COUNT: Final = "SELECT (COUNT(*) AS ?n) WHERE {{ {} }}"

_PATTERNS: Final = {
    "? p ?": "?s %link% ?o",
    "s ? ?": "%entity% ?p ?o",
    "s p ?": "%entity% %chain% ?o",
    "? p o": "?s %type% %frequent_class%",
    "? ? o": "?s ?p %entity%",
    "? ? ?": "?s ?p ?o",
    "star of 2": "?s %link% ?a ; %plain% ?b",
    "star of 4": "?s %type% ?a ; %chain% ?b ; %plain% ?c ; %text% ?d",
    "chain of 2": "?a %chain% ?b . ?b %chain% ?c",
    "chain of 4": "?a %chain% ?b . ?b %chain% ?c . ?c %chain% ?d . ?d %chain% ?e",
    "cycle of 2": "?a %chain% ?b . ?b %chain% ?a",
    "triangle": "?a %chain% ?b . ?b %chain% ?c . ?c ?p ?a",
    "snowflake": "?a %chain% ?b ; %type% ?t . ?b %plain% ?l ; %type% ?u",
    "product": "?a %rare% ?b . ?c %rare% ?d",
    "selective join": "?s %type% %rare_class% . ?s ?p ?o",
    "join of object with object": "?a %chain% ?o . ?b %chain% ?o",
}
_ALGEBRA: Final = {
    "OPTIONAL": "?s %chain% ?o OPTIONAL { ?s %text% ?t }",
    "OPTIONAL with FILTER": "?s %chain% ?o OPTIONAL { ?o %date% ?d FILTER(YEAR(?d) > 2000) }",
    "OPTIONAL in OPTIONAL": "?s %chain% ?a OPTIONAL { ?a %chain% ?b OPTIONAL { ?b %chain% ?c } }",
    "OPTIONAL and !BOUND": "?s %chain% ?o OPTIONAL { ?o %chain% ?n } FILTER(!BOUND(?n))",
    "UNION": "{ ?s %chain% ?o } UNION { ?s %rare% ?o }",
    "UNION of 4": "{ ?s %chain% ?o } UNION { ?o %chain% ?s } UNION { ?s %rare% ?o } UNION"
    " { ?o %rare% ?s }",
    "MINUS": "?s %chain% ?o MINUS { ?s %text% ?t }",
    "MINUS without common variables": "?s %chain% ?o MINUS { ?a %rare% ?b }",
    "FILTER EXISTS": "?s %chain% ?o FILTER EXISTS { ?o %chain% ?n }",
    "FILTER NOT EXISTS": "?s %chain% ?o FILTER NOT EXISTS { ?o %chain% ?n }",
    "BIND": "?s %plain% ?o BIND(STRLEN(?o) AS ?length)",
    "VALUES": "VALUES ?s { %entity% %frequent_class% } ?s ?p ?o",
    "VALUES of 2 variables with UNDEF": "VALUES (?s ?p) { (%entity% UNDEF) (UNDEF %rare%) }"
    " ?s ?p ?o",
    "subquery": "{ SELECT ?o (COUNT(?s) AS ?k) { ?s %chain% ?o } GROUP BY ?o } ?o %chain% ?next",
    "subquery with LIMIT": "{ SELECT ?s { ?s %text% ?t } ORDER BY ?t LIMIT 100 } ?s ?p ?o",
    "GRAPH of a name": "GRAPH %graph% { ?s %type% ?o }",
    "GRAPH of a variable": "GRAPH ?g { ?s %chain% ?o }",
    "join of two graphs": "GRAPH %graph% { ?s ?p ?o } GRAPH %other_graph% { ?s ?q ?r }",
}
_PATHS: Final = {
    "inverse": "?s ^%chain% ?o",
    "sequence": "?s %chain%/%chain% ?o",
    "alternative": "?s %chain%|%rare% ?o",
    "zero or one": "?s %chain%? ?o FILTER(?s = %entity%)",
    "one or more, from a node": "%entity% %chain%+ ?o",
    "one or more, to a node": "?s %chain%+ %entity%",
    "one or more, all": "?s %chain%+ ?o",
    "zero or more, from a node": "%entity% %chain%* ?o",
    "zero or more, all": "?s %chain%* ?o",
    "negated": "%entity% !(%type%|%text%) ?o",
    "negated inverse": "?s !(^%type%) %entity%",
    "repeated sequence": "%entity% (%chain%/%chain%)* ?o",
    "repeated alternative": "%entity% (%chain%|^%chain%)* ?o",
}
_TESTS: Final = {
    "=": "?s %plain% ?o FILTER(?o = %value%)",
    "!=": "?s %plain% ?o FILTER(?o != %value%)",
    "< and >": '?s %date% ?o FILTER(?o > "2000-01-01"^^xsd:date && ?o < "2010-01-01"^^xsd:date)',
    "<= or >=": '?s %date% ?o FILTER(?o <= "1990-01-01"^^xsd:date || ?o >= "2020-01-01"^^xsd:date)',
    "!": "?s %plain% ?o FILTER(!(?o = %value%))",
    "IN": "?s %plain% ?o FILTER(?o IN (%value%, 'a', 'b'))",
    "NOT IN": "?s %plain% ?o FILTER(?o NOT IN (%value%, 'a', 'b'))",
    "sameTerm": "?s %plain% ?o FILTER(sameTerm(?o, %value%))",
    "+ - * /": "?s %date% ?o FILTER((YEAR(?o) + 1) * 2 - 4 > YEAR(?o) / 2)",
    "unary minus": "?s %number% ?o FILTER(-?o < 0)",
    "comparison of variables": "?s %chain% ?o . ?s %date% ?a . ?o %date% ?b FILTER(?a > ?b)",
}
_FUNCTIONS: Final = {
    "%text%": (
        *("STR(?o) != ''", "LANG(?o) = 'en'", "LANGMATCHES(LANG(?o), 'en')", "STRLEN(?o) > 20"),
        *("UCASE(?o) != ?o", "LCASE(?o) != ?o", "SUBSTR(?o, 2, 3) != ''", "isLiteral(?o)"),
        *("CONTAINS(?o, '%word%')", "STRSTARTS(?o, 'S')", "STRENDS(?o, 's')"),
        *("STRBEFORE(?o, ' ') != ''", "STRAFTER(?o, ' ') != ''", "ENCODE_FOR_URI(?o) != ''"),
        *("CONCAT(?o, '.') != ''", "REGEX(?o, '%word%')", "REGEX(?o, '^%word%', 'i')"),
        *("REPLACE(?o, '%word%', '') != ?o", "REGEX(?o, '(a|b)+.*[0-9]{2,}')"),
        *("STRLANG(STR(?o), 'en') = ?o", "STRDT(STR(?o), xsd:string) != ?o"),
    ),
    "%plain%": (
        *("MD5(?o) != ''", "SHA1(?o) != ''", "SHA256(?o) != ''", "SHA384(?o) != ''"),
        *("SHA512(?o) != ''", "DATATYPE(?o) = xsd:string", "xsd:string(?o) != ''"),
        *("xsd:integer(?o) > 1", "COALESCE(xsd:integer(?o), -1) > 0", "xsd:boolean(?o)"),
        *("IF(STRLEN(?o) > 8, true, false)", "isNumeric(?o)", "isURI(IRI(?o))"),
        *("xsd:decimal(?o) > 1", "xsd:double(?o) > 1", "xsd:float(?o) > 1"),
    ),
    "%date%": (
        *("YEAR(?o) > 2000", "MONTH(?o) = 2", "DAY(?o) = 29", "?o < xsd:date(NOW())"),
        *("xsd:dateTime(?o) > xsd:dateTime('2000-01-01T00:00:00')", "TZ(xsd:dateTime(?o)) = ''"),
        *("HOURS(xsd:dateTime(?o)) = 0", "MINUTES(xsd:dateTime(?o)) = 0"),
        *("SECONDS(xsd:dateTime(?o)) = 0", "BOUND(?o) && TIMEZONE(NOW()) = TIMEZONE(NOW())"),
    ),
    "%number%": (
        *("ABS(?o) = ?o", "CEIL(?o / 2) > 1", "FLOOR(?o / 2) > 1", "ROUND(?o / 2) > 1"),
        *("isNumeric(?o)", "RAND() < 0.5", "STRLEN(STRUUID()) = 36", "isIRI(UUID())"),
    ),
    "%link%": ("isIRI(?o)", "isBlank(?o)", "STRLEN(STR(?o)) > 40", "isBlank(BNODE(STR(?o)))"),
}
_AGGREGATES: Final = {
    "COUNT": "SELECT (COUNT(?o) AS ?x) { ?s %text% ?o }",
    "COUNT(DISTINCT)": "SELECT (COUNT(DISTINCT ?o) AS ?x) { ?s %text% ?o }",
    "SUM": "SELECT (SUM(YEAR(?o)) AS ?x) { ?s %date% ?o }",
    "AVG": "SELECT (AVG(YEAR(?o)) AS ?x) { ?s %date% ?o }",
    "MIN": "SELECT (MIN(?o) AS ?x) { ?s %date% ?o }",
    "MAX": "SELECT (MAX(?o) AS ?x) { ?s %date% ?o }",
    "SAMPLE": "SELECT (SAMPLE(?o) AS ?x) { ?s %text% ?o }",
    "GROUP_CONCAT": "SELECT (STRLEN(GROUP_CONCAT(?o; SEPARATOR=', ')) AS ?x) { ?s %plain% ?o }",
    "GROUP BY of few": "SELECT ?c (COUNT(?s) AS ?x) { ?s %type% ?c } GROUP BY ?c",
    "GROUP BY of many": "SELECT ?s (COUNT(?o) AS ?x) { ?s %text% ?o } GROUP BY ?s"
    " ORDER BY DESC(?x) LIMIT 10",
    "GROUP BY of 2": "SELECT ?c ?l (COUNT(*) AS ?x) { ?s %type% ?c ; %text% ?o } GROUP BY ?c"
    " (LANG(?o) AS ?l)",
    "HAVING": "SELECT ?o (COUNT(?s) AS ?x) { ?s %chain% ?o } GROUP BY ?o HAVING(COUNT(?s) > 5)",
}
_MODIFIERS: Final = {
    "DISTINCT": "SELECT (COUNT(*) AS ?n) { SELECT DISTINCT ?o { ?s %text% ?o } }",
    "REDUCED": "SELECT (COUNT(*) AS ?n) { SELECT REDUCED ?o { ?s %text% ?o } }",
    "ORDER BY": "SELECT ?s ?o { ?s %date% ?o } ORDER BY ?o LIMIT 10",
    "ORDER BY DESC of 2": "SELECT ?s ?o { ?s %date% ?o } ORDER BY DESC(?o) ?s LIMIT 10",
    "ORDER BY an expression": "SELECT ?s { ?s %text% ?o } ORDER BY STRLEN(?o) LIMIT 10",
    "ORDER BY, whole": "SELECT ?o { ?s %chain% ?o } ORDER BY ?o",
    "LIMIT": "SELECT * { ?s ?p ?o } LIMIT 1000",
    "OFFSET": "SELECT * { ?s %text% ?o } OFFSET 100000 LIMIT 10",
    "projected expression": "SELECT (STRLEN(?o) AS ?x) { ?s %text% ?o } LIMIT 10000",
    "all rows of a property": "SELECT * { ?s %chain% ?o }",
    "FROM": "SELECT (COUNT(*) AS ?n) FROM %other_graph% { ?s ?p ?o }",
    "FROM NAMED": "SELECT (COUNT(*) AS ?n) FROM NAMED %other_graph% { GRAPH ?g { ?s ?p ?o } }",
    "VALUES after the pattern": "SELECT * { ?s ?p ?o } VALUES ?s { %entity% }",
}
_FORMS: Final = {
    "ASK, true": "ASK { ?s %type% %frequent_class% }",
    "ASK, false": "ASK { ?s %plain% ?o FILTER(?o = 'no such value') }",
    "CONSTRUCT": "CONSTRUCT { ?o %chain% ?s } WHERE { ?s %chain% ?o }",
    "CONSTRUCT WHERE": "CONSTRUCT WHERE { %entity% ?p ?o }",
    "CONSTRUCT with blank nodes": "CONSTRUCT { [] %chain% ?o } WHERE { ?s %chain% ?o } LIMIT 1000",
    "DESCRIBE a term": "DESCRIBE %entity%",
    "DESCRIBE a variable": "DESCRIBE ?s WHERE { ?s %rare% ?o } LIMIT 100",
}
_REFUSED: Final = {
    "SERVICE": "SELECT * { SERVICE <http://a.example/sparql> { ?s ?p ?o } }",
    "SERVICE SILENT": "SELECT * { SERVICE SILENT ?endpoint { ?s ?p ?o } }",
    "INSERT DATA": "INSERT DATA { <a:s> <a:p> <a:o> }",
    "DELETE WHERE": "DELETE WHERE { ?s ?p ?o }",
    "LOAD": "LOAD <http://a.example/data.ttl>",
    "CLEAR": "CLEAR ALL",
}


def operator_queries(graph: GraphStatistics) -> Iterator[OperatorQuery]:
    """Yield the queries for a graph."""
    for group, patterns in (
        ("patterns", _PATTERNS),
        ("algebra", _ALGEBRA),
        ("paths", _PATHS),
        ("comparisons", _TESTS),
    ):
        for name, pattern in patterns.items():
            yield OperatorQuery(group, name, graph.fill(_COUNT.format(pattern)))
    for subject, calls in _FUNCTIONS.items():
        for call in calls:
            text = _COUNT.format(f"?s {subject} ?o FILTER({call})")
            yield OperatorQuery("functions", graph.fill(call), graph.fill(text))
    for group, queries in (
        ("aggregates", _AGGREGATES),
        ("modifiers", _MODIFIERS),
        ("forms", _FORMS),
    ):
        for name, text in queries.items():
            yield OperatorQuery(group, name, graph.fill(text))
    for name, text in _REFUSED.items():
        yield OperatorQuery("refused", name, text, refused=True)
