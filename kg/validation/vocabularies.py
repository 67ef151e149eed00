"""The terms that vocabularies of others define: what the project may use of them, or map to."""

from __future__ import annotations

from typing import Final

from kg.common.namespaces import PREFIXES

_OF_RDFLIB: Final = (
    "DC",
    "DCAT",
    "DCTERMS",
    "FOAF",
    "ORG",
    "OWL",
    "PROV",
    "QB",
    "RDF",
    "RDFS",
    "SDO",
    "SH",
    "SKOS",
    "VANN",
    "VOID",
    "XSD",
)
"""Vocabularies of which rdflib has the terms."""

_LISTED: Final = {
    # Web Annotation Vocabulary, W3C Recommendation 2017
    PREFIXES["oa"]: "Annotation SpecificResource TextPositionSelector TextQuoteSelector end exact"
    " hasBody hasSelector hasSource hasTarget prefix start suffix",
    # Of schema.org, what the list of rdflib lacks
    PREFIXES["schema"]: "observationAbout",
    # Bibliographic Ontology
    "http://purl.org/ontology/bibo/": "status",
    # BIBFRAME 2.5, Library of Congress
    "http://id.loc.gov/ontologies/bibframe/": "Agent Organization Person Work derivativeOf"
    " references replacementOf supplementTo translationOf",
    # European Legislation Identifier, version 1.3
    "http://data.europa.eu/eli/ontology#": "InForce-inForce InForce-notInForce"
    " LegalResource amends cites consolidates corrects"
    " date_applicability date_no_longer_in_force date_publication embodies"
    " first_date_entry_in_force in_force is_about is_member_of jurisdiction publisher_agent repeals"
    " responsibility_of_agent",
    # Types of publications in the IEC-ISO information model for SMART content, 2.1.0
    "https://w3id.org/standards/smart/taxonomies/publication-type/": "amendment guide"
    " internationalStandard publiclyAvailableSpecification standard technicalReport"
    " technicalSpecification",
    # LRMoo 1.0, IFLA
    "http://iflastandards.info/ns/lrm/lrmoo/": "F1_Work R3_is_realised_in R4_embodies"
    " R76_is_derivative_of",
    # Nanopublication schema
    "http://www.nanopub.org/nschema#": "Assertion Nanopublication hasProvenance",
    # Core ontology of the IEC-ISO information model for SMART content, 2.1.0
    "https://w3id.org/standards/smart/ontologies/core/": "Organization PublicationDocument"
    " hasPublicationType isSuccessorOf projectStage",
    # Standards Ontology (STO) of Industry 4.0, 0.9
    "https://w3id.org/i40/sto#": "Publication Standard StandardOrganization TechnicalCommittee"
    " hasAvailableLanguage hasPreviousVersion hasPublicationDate hasPublisher hasStabilityDate"
    " hasStatus hasTechnicalCommittee relatedTo",
    # Properties of Wikidata: publisher, part of the series, member of, publication date, start,
    # end, point in time, organizer, main subject, jurisdiction, replaces, ordinal, cites
    "http://www.wikidata.org/entity/": "P123 P179 P463 P577 P580 P582 P585 P664 P921 P1001 P1365"
    " P1545 P2860",
}
"""Terms in use that rdflib does not have, compared with what their editors publish."""


def defined_terms() -> dict[str, set[str]]:
    """Return the local names that each vocabulary defines, by namespace."""
    from rdflib import namespace as namespaces

    terms_of = {base: set(names.split()) for base, names in _LISTED.items()}
    for name in _OF_RDFLIB:
        vocabulary = getattr(namespaces, name)
        base = str(vocabulary)
        terms_of.setdefault(base, set()).update(
            str(term).removeprefix(base) for term in (*dir(vocabulary), *vocabulary._extras)
        )
    return terms_of
