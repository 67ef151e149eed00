"""A small store with names of all kinds."""

from __future__ import annotations

import pyoxigraph as ox

from kg.common.namespaces import BASE, PREFIXES
from kg.store.embedded import EmbeddedStore

DATA = """
GRAPH graph:ontology {
  std:StandardSeries rdfs:subClassOf std:Document ; rdfs:label "series of standards"@en .
  std:Standard rdfs:subClassOf std:Document ; rdfs:label "standard"@en .
  role:standard a skos:Concept ; skos:inScheme <scheme/role> ; skos:prefLabel "standards"@en .
}
GRAPH graph:entities {
  <cn/sac> a std:StandardsBody ; skos:prefLabel "国家标准化管理委员会"@zh ; skos:altLabel "SAC"@en ;
    dcterms:title "Standardization Administration of China"@en .
  <claim/x/1> a std:Claim ; rdfs:label "standard"@en .
}
GRAPH <graph/one> {
  <iso-iec/27001-2022> a std:Standard ; skos:prefLabel "ISO/IEC 27001:2022" ;
    skos:altLabel "urn:iso:std:iso-iec:27001:stage-60.60" ; std:stage stage:published ;
    dcterms:title "Information security management"@en, "Management de la sécurité"@fr .
  <iso-iec/27001-2013> a std:Standard ; skos:prefLabel "ISO/IEC 27001:2013" ;
    dcterms:title "Information security management"@en ; std:stage stage:withdrawn .
  <iso-iec/27001-2005> a std:Standard ; skos:prefLabel "ISO/IEC 27001:2005" ;
    skos:altLabel "ISO 27001:2005" ; std:stage stage:withdrawn .
  <iso-iec/27001> a std:StandardSeries ; skos:prefLabel "ISO/IEC 27001" .
  <iso/9001-2015> a std:Standard ; skos:prefLabel "ISO 9001:2015" ; std:stage stage:published .
  <iso/9001> skos:prefLabel "ISO 9001" .
  <iso/9001-2030> a std:Standard ; skos:prefLabel "ISO 9001:2030" ; std:stage stage:development .
  <iso/90010> a std:Standard ; skos:prefLabel "ISO 90010" .
  <jis/k2601-1998> a std:Standard ; skos:prefLabel "JIS K 2601:1998" ;
    dcterms:title "原油試験方法"@ja .
  <jis/b0101-2013> a std:Standard ; skos:prefLabel "JIS B 0101:2013" ;
    dcterms:title "ねじ用語－メートルネジ"@ja .
  <itu-t/g.709> a std:Standard ; skos:prefLabel "ITU-T G.709/Y.1331 (06/2020)" .
  <gs1/ecommerce> a std:Document ; skos:prefLabel "Rules for e-commerce"@en .
  <cn/market> a std:Document ; skos:prefLabel "電子商務交易保障"@zh .
}
GRAPH <graph/two> {
  <iso-iec/27001-2022> a std:Standard ; skos:prefLabel "ISO/IEC 27001:2022" .
}
"""


def load_store(trig: str) -> EmbeddedStore:
    """Load TriG with the project's prefixes into a store in memory."""
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    return EmbeddedStore.in_memory(ox.parse(prefixes + trig, ox.RdfFormat.TRIG, base_iri=BASE))
