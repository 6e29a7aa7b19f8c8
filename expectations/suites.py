"""Every suite: one a table."""

from expectations import (
    articles,
    blocks,
    changes,
    checks,
    clusters,
    dates,
    documents,
    duplicates,
    entities,
    entity_map,
    fingerprints,
    measures,
    mentions,
    originals,
    publications,
    quarantine,
    quotes,
    runs,
)

SUITES = (
    documents.SUITE,
    originals.SUITE,
    blocks.SUITE,
    articles.SUITE,
    publications.SUITE,
    fingerprints.SUITE,
    duplicates.SUITE,
    changes.SUITE,
    clusters.SUITE,
    dates.SUITE,
    mentions.SUITE,
    entities.SUITE,
    entity_map.SUITE,
    quotes.SUITE,
    measures.SUITE,
)
"""Suites of what a run finds, checked before the commit."""

BOOKKEEPING = (checks.SUITE, quarantine.SUITE, runs.SUITE)
"""Suites of what a run says about itself, checked as it is written down."""
