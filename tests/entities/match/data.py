"""A small store with documents that references confuse: editions, drafts, stubs, supplements."""

from __future__ import annotations

CATALOGUE = """
GRAPH graph:ontology {
  std:Standard rdfs:subClassOf std:Document .
  std:StandardSeries rdfs:subClassOf std:Document .
  std:Work rdfs:subClassOf std:Document .
}
GRAPH <graph/catalogue> {
  <iso/4100> skos:prefLabel "ISO 4100" .
  <iso/4100-2001> a std:Standard ; skos:prefLabel "ISO 4100:2001" ; std:edition "1" ;
    std:stage stage:superseded ; std:editionOf <iso/4100> ; dcterms:title "Kites — Vocabulary"@en .
  <iso/4100-2012> a std:Standard ; skos:prefLabel "ISO 4100:2012" ; std:edition "2" ;
    std:stage stage:published ; std:editionOf <iso/4100> ; std:replaces <iso/4100-2001> ;
    dcterms:title "Kites and lines — Vocabulary"@en, "Normal kites and lines"@en,
      "Cerfs-volants — Vocabulaire"@fr ;
    schema:url <https://www.iso.org/standard/41002.html> .
  <iso/4100-2012/amd/1-2016> a std:Standard ; skos:prefLabel "ISO 4100:2012/Amd 1:2016" ;
    std:stage stage:published ; dcterms:title "Kites — Amendment 1: Tails"@en .
  <iso/4100-2012/amd/1> a std:Standard ; skos:prefLabel "ISO 4100:2012/Amd 1" ;
    std:stage stage:development ; dcterms:title "Kites — Amendment 1: Tails"@en .
  <iso/4100-2012/cor/1-2013> a std:Standard ; skos:prefLabel "ISO 4100:2012/Cor 1:2013" ;
    std:stage stage:published .
  <iso/4100-draft> a std:Standard ; skos:prefLabel "ISO/DIS 4100" ; std:stage stage:development ;
    schema:url <https://www.iso.org/standard/41002.html> .
  <iso/4200-2010> a std:Standard ; skos:prefLabel "ISO 4200:2010" ; std:stage stage:published .
  <iso/4101-2015> a std:Standard ; skos:prefLabel "ISO 4101:2015" ; std:stage stage:published ;
    dcterms:title "Kites and lines — Handbook of certification"@en .
  <iso/4102-2015> a std:Standard ; skos:prefLabel "ISO 4102:2015" ; std:stage stage:published ;
    dcterms:title "Kites and lines — Measurement"@en ;
    schema:url <https://shop.example/?id=A+1%2FB> .
  <iec/70508> a std:StandardSeries ; skos:prefLabel "IEC 70508" .
  <iec/70508-1-2010> a std:Standard ; skos:prefLabel "IEC 70508-1:2010" ;
    std:stage stage:published ;
    dcterms:title "Safety of electric and programmable looms — Part 1: General requirements"@en .
  <iec/70508-3-1998> a std:Standard ; skos:prefLabel "IEC 70508-3:1998" ; std:edition "1" ;
    std:stage stage:withdrawn ;
    dcterms:title "Safety of electric and programmable looms — Part 3: Software requirements"@en .
  <iec/70508-3-2010> a std:Standard ; skos:prefLabel "IEC 70508-3:2010" ; std:edition "2.0" ;
    std:stage stage:published ;
    dcterms:title "Safety of electric and programmable looms — Part 3: Software requirements"@en .
  <iec/70508-3-2010/rlv> a std:Standard ; skos:prefLabel "IEC 70508-3:2010 RLV" ;
    std:stage stage:published .
  <iec/70601-1-2005> a std:Standard ; skos:prefLabel "IEC 70601-1:2005" ; std:edition "3" ;
    std:stage stage:published .
  <iec/70601-1-2005/amd/1-2012> a std:Standard ; skos:prefLabel "IEC 70601-1:2005/AMD1:2012" ;
    std:stage stage:published .
  <iec/70601-1-2005/csv> a std:Standard ; skos:prefLabel "IEC 70601-1:2005+AMD1:2012 CSV" ;
    std:edition "3.1" ;
    std:stage stage:published .
  <iec/70800> a std:Work ; skos:prefLabel "IEC 70800" .
  <iec/70800-1-2015> a std:Standard ; skos:prefLabel "IEC 70800-1:2015" ;
    std:stage stage:published .
  <iec/70801> a std:Work ; skos:prefLabel "IEC 70801" .
  <iec/70801-2001> a std:Standard ; skos:prefLabel "IEC 70801:2001" ; std:stage stage:withdrawn .
  <iec/70801-2012> a std:Standard ; skos:prefLabel "IEC 70801:2012" ; std:stage stage:withdrawn .
  <itu-t/h.964-2026> a std:Standard ; skos:prefLabel "ITU-T H.964 (V2) (06/2026)" ;
    std:edition "2" ; std:stage stage:in-force .
  <itu-t/h.965-2015> a std:Standard ; skos:prefLabel "ITU-T H.965 (V1) (04/2015)" ;
    std:edition "1" ; std:stage stage:superseded .
  <itu-t/h.965-2026> a std:Standard ; skos:prefLabel "ITU-T H.965 (V2) (01/2026)" ;
    std:edition "2" ; std:stage stage:in-force .
  <itu-t/g.980/annex> a std:Standard ; skos:prefLabel "ITU-T G.980 Annex A (11/2019)" ;
    std:stage stage:in-force ; schema:url <https://www.itu.int/rec/T-REC-G.980-201912-S> .
  <itu-t/g.980-2019> a std:Standard ; skos:prefLabel "ITU-T G.980 (12/2019)" ;
    std:edition "2" ; std:stage stage:in-force .
  <itu-t/g.979> a std:Standard ; skos:prefLabel "ITU-T G.979/Y.1931 (06/2020)" ;
    std:stage stage:in-force .
  <ieee/1802.3-2018> a std:Standard ; skos:prefLabel "IEEE Std 1802.3-2018" ;
    std:stage stage:superseded ; dcterms:title "IEEE Standard for Yarn"@en .
  <ieee/1802.3-2022> a std:Standard ; skos:prefLabel "IEEE Std 1802.3-2022" ;
    std:stage stage:published ; dcterms:title "IEEE Standard for Yarn"@en ;
    skos:altLabel "10.1109/YARN.2022.1", "ISBN 978-1-5044-0146-3" .
  <ieee/id/1802.3> a std:Standard ; skos:prefLabel "IEEE 1802.3-" ; std:stage stage:superseded ;
    dcterms:title "IEEE Standard for Yarn — Corrigendum 2"@en .
  <ieee/1802.11> a std:Standard ; skos:prefLabel "IEEE Std 1802.11" ; std:stage stage:published ;
    dcterms:title "IEEE Standard for Wool — Amendment 5"@en .
  <ieee/1802.11-2020> a std:Standard ; skos:prefLabel "IEEE Std 1802.11-2020" ;
    std:stage stage:published ; dcterms:title "IEEE Standard for Wool"@en .
  <ieee/1802.1> a std:Standard ; skos:prefLabel "IEEE Std 1802.1" ; std:stage stage:published ;
    dcterms:title "IEEE Standard for Felt — Amendment 2"@en .
  <ieee/1003.7> a std:Standard ; skos:prefLabel "IEEE Std 1003.7" ; std:stage stage:published ;
    dcterms:title "IEEE Standard for Looms"@en .
  <ieee/1003.7-2009> a std:Standard ; skos:prefLabel "IEEE Std 1003.7-2009" ;
    std:stage stage:superseded ; dcterms:title "IEEE Standard for Looms"@en .
  <itu-t/m.9101> a std:Standard ; skos:prefLabel "ITU-T M.9101 (06/2020)" ;
    std:stage stage:in-force .
  <itu-r/m.9101> a std:Standard ; skos:prefLabel "ITU-R M.9101-1" ; std:stage stage:in-force ;
    std:publishedOn "2020-01"^^xsd:gYearMonth .
  <oiml/d/91> skos:prefLabel "OIML D 91" .
  <oiml/d/91-2013> a std:Standard ; skos:prefLabel "OIML D 91:2013" ; std:stage stage:superseded .
  <oiml/d/91-2026> a std:Standard ; skos:prefLabel "OIML D 91:2026" ; std:stage stage:published ;
    skos:altLabel "10.63493/d091.2026" .
  <oiml/d/91-2026/e> a std:Standard ; skos:prefLabel "OIML D 91:2026 (E)" ;
    std:stage stage:published ; skos:altLabel "10.63493/d091.2026" .
  <etsi/en/390328-1> a std:Standard ; skos:prefLabel "ETSI EN 390 328 V1.9.1 (2015-02)" ;
    std:edition "1.9.1" ; std:stage stage:published .
  <etsi/en/390328-2> a std:Standard ; skos:prefLabel "ETSI EN 390 328 V2.2.2 (2019-07)" ;
    std:edition "2.2.2" ; std:stage stage:published .
  <3gpp/ts/94.008/15.9> a std:Standard ; skos:prefLabel "3GPP TS 94.008 V15.9.0" ;
    std:stage stage:published .
  <3gpp/ts/94.008/15.10> a std:Standard ; skos:prefLabel "3GPP TS 94.008 V15.10.0" ;
    std:stage stage:published .
  <3gpp/ts/94.008/16.2> a std:Standard ; skos:prefLabel "3GPP TS 94.008 V16.2.0" ;
    std:stage stage:published .
  <merged/964> a std:Standard ; skos:prefLabel "ECMA-964" ; std:edition "1", "2", "2.1" .
  <w3c/tcag21> a std:Standard ; skos:prefLabel "W3C TCAG21" ;
    dcterms:title "Tent Content Access Guidelines (TCAG) 2.1"@en ;
    schema:url <https://www.w3.org/TR/TCAG21/> .
  <w3c/rec-tcag21-20180605> a std:Standard ; skos:prefLabel "W3C REC-TCAG21-20180605" ;
    std:stage stage:published ; dcterms:title "Tent Content Access Guidelines (TCAG) 2.1"@en .
  <w3c/tcag30> a std:Standard ; skos:prefLabel "W3C TCAG30" ;
    dcterms:title "Tent Content Access Guidelines (TCAG) 3.0"@en .
  <w3c/wd-tcag30-20250101> a std:Standard ; skos:prefLabel "W3C WD-TCAG30-20250101" ;
    std:stage stage:development ; dcterms:title "TCAG 3.0"@en .
  <w3c/yarn10> a std:Work ; skos:prefLabel "W3C yarn10" ; dcterms:title "Yarn Markup 1.0"@en .
  <w3c/rec-yarn10-20140225> a std:Standard ; skos:prefLabel "W3C REC-yarn10-20140225" ;
    std:stage stage:published ; std:editionOf <w3c/yarn10> ; dcterms:title "Yarn Markup 1.0"@en .
  <w3c/understanding> a std:Document ; skos:prefLabel "W3C NOTE-UNDERSTANDING-TCAG21-20180605" ;
    dcterms:title "Understanding Tent Content Access Guidelines (TCAG) 2.1"@en .
  <ogc/91-158> a std:Standard ; skos:prefLabel "OGC 91-158" ;
    dcterms:title "Corrigendum 2 for Yarn Services"@en .
  <w3c/mapping> a std:Document ; skos:prefLabel "W3C mapping" ;
    dcterms:title "Mapping of Tents to Tent Content Access Guidelines (TCAG)"@en .
  <jis/l1900-2001> a std:Standard ; skos:prefLabel "JIS L 1900:2001" ;
    std:stage stage:published ; dcterms:title "織機の試験"@ja .
  <jis/q4100-2013> a std:Standard ; skos:prefLabel "JIS Q 4100:2013" ; std:stage stage:published ;
    dcterms:title "たこ―用語"@ja .
  <ecma/962> a std:Work ; skos:prefLabel "Weavers 962" .
  <ecma/962/5.1> a std:Standard ; skos:prefLabel "Weavers 962 (edition 5.1)" ; std:edition "5.1" ;
    std:editionOf <ecma/962> ; std:stage stage:published .
  <ecma/962/16> a std:Standard ; skos:prefLabel "Weavers 962 (16th edition)" ; std:edition "16" ;
    std:editionOf <ecma/962> ; std:stage stage:published .
  <ecma/962/17> a std:Standard ; skos:prefLabel "Weavers 962 (17th edition)" ; std:edition "17" ;
    std:editionOf <ecma/962> ; std:stage stage:development .
  <nist/sp/800-53> skos:prefLabel "NIST SP 800-53" .
}
"""
