"""Every table Dateline keeps: columns, types and what each column means.

This is the only place where tables are declared. The meanings become Parquet
field metadata, DuckDB column comments, DuckLake column tags and `docs/tables.md`.

Offsets count Unicode code points from 0 and are half-open; `text_*` points into
`articles.text`, `raw_*` into `documents.raw_text`. DuckDB slices are 1-based and
inclusive, hence `raw_text[raw_start + 1 : raw_end]`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

STRING = pa.string()
STRINGS = pa.list_(pa.field("element", pa.string()))
HASHES = pa.list_(pa.field("element", pa.uint32()))
GAPS = pa.list_(pa.field("element", pa.uint8()))
FACTS = pa.list_(pa.field("element", pa.int32()))
INT = pa.int32()
BIGINT = pa.int64()
FLOAT = pa.float64()
BOOL = pa.bool_()
DAY = pa.date32()
INSTANT = pa.timestamp("us", tz="UTC")
BYTES = pa.binary()
SEGMENTS = pa.list_(
    pa.field(
        "element",
        pa.struct([
            *((name, pa.int32()) for name in ("text_start", "text_end", "raw_start", "raw_end")),
            ("edit", pa.string()),
        ]),
    ),
)


@dataclass(frozen=True)
class Column:
    """One column: its name, Arrow type, meaning, and whether it may be null."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool = True


@dataclass(frozen=True)
class Table:
    """One table: its name, what a row is, its key, and its columns."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @cached_property
    def arrow(self) -> pa.Schema:
        """The Arrow schema, with each column's meaning and Parquet field id."""
        numbers = iter(range(1, 10_000))
        return pa.schema([_numbered(column, numbers) for column in self.columns])

    @property
    def has_spans(self) -> bool:
        """Whether rows point at characters of `documents.raw_text` and repeat them in `surface`."""
        return any(column.name == "surface" for column in self.columns)

    def rows(self, rows: Sequence[Mapping[str, object]]) -> pa.Table:
        """Make an Arrow table of this schema from rows; `run_id` and other absent columns are null."""
        return pa.Table.from_pylist(rows, schema=self.arrow)

    def of_columns(self, columns: Mapping[str, Sequence[object] | pa.Array | pa.ChunkedArray]) -> pa.Table:
        """Make an Arrow table of this schema from columns; `run_id` and other absent columns are null."""
        nulls = pa.nulls(len(next(iter(columns.values()))))
        given = [columns.get(field.name, nulls) for field in self.arrow]
        return pa.table(
            [_column(values, field.type) for values, field in zip(given, self.arrow, strict=True)], self.arrow
        )

    def empty(self) -> pa.Table:
        """Return a table of this schema without rows."""
        return self.arrow.empty_table()


def _column(values: Sequence[object] | pa.Array | pa.ChunkedArray, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    return values.cast(kind) if isinstance(values, pa.Array | pa.ChunkedArray) else pa.array(values, kind)


def _numbered(column: Column, numbers: object) -> pa.Field:
    """A field whose id, and the ids of its children, count on through `numbers`."""
    field = pa.field(column.name, column.type, column.nullable)
    numbered = _with_ids(field, numbers)
    return numbered.with_metadata({**(numbered.metadata or {}), "meaning": column.meaning})


def _with_ids(field: pa.Field, numbers: object) -> pa.Field:
    metadata = {"PARQUET:field_id": str(next(numbers))}  # type: ignore[call-overload]
    kind = field.type
    if pa.types.is_list(kind):
        kind = pa.list_(_with_ids(kind.value_field, numbers))
    elif pa.types.is_struct(kind):
        kind = pa.struct([_with_ids(child, numbers) for child in kind])
    return pa.field(field.name, kind, field.nullable, metadata)


def _key(name: str, meaning: str, kind: pa.DataType = STRING) -> Column:
    return Column(name, kind, meaning, nullable=False)


ARTICLE_ID = _key(
    "article_id",
    "The article: a hash of its uri relative to the input root (or the record's own id or url) and its raw content.",
)
RUN_ID = Column("run_id", STRING, "The run that wrote the row.")
SPAN = (
    Column("text_start", INT, "First code point in articles.text; null where the role is not body."),
    Column("text_end", INT, "Code point after the last in articles.text; null where the role is not body."),
    _key("raw_start", "First code point in documents.raw_text.", INT),
    _key("raw_end", "Code point after the last in documents.raw_text.", INT),
    _key("surface", "The characters as they stand in documents.raw_text."),
    _key("role", "Where it was read: body, headline, deck or caption."),
)

RECORDS = Table(
    "records",
    "One input record as read, before decoding. Staged within a run, never committed.",
    ("article_id",),
    (
        ARTICLE_ID,
        _key("uri", "Where it came from, relative to the input root."),
        Column("record_number", INT, "Line, row or page in a file of many records, from 1; null for a file of one."),
        _key("media_type", "text/plain, text/markdown or text/html."),
        Column("content", BYTES, "The record's bytes; null when they could not be read."),
        Column("given", STRING, "Metadata that came with the record, as JSON."),
        Column("reason", STRING, "Why the record could not be read; null when it could."),
        RUN_ID,
    ),
)

DOCUMENTS = Table(
    "documents",
    "One input record, accepted or rejected.",
    ("article_id",),
    (
        ARTICLE_ID,
        _key("uri", "Where it came from, relative to the input root."),
        Column("record_number", INT, "Line, row or page in a file of many records, from 1; null for a file of one."),
        _key("media_type", "text/plain, text/markdown or text/html."),
        Column("byte_count", BIGINT, "Length of the original bytes."),
        Column("encoding", STRING, "Character encoding the bytes were decoded with."),
        Column("encoding_method", STRING,
               "How the encoding was found: bom, utf-8, utf-16-pattern, declared, utf-8-damaged or guessed."),
        Column("raw_text", STRING, "The decoded text; for HTML its rendering. Every raw offset points here."),
        Column("page", STRING, "For HTML: what the mark-up says (metadata, body lines), as JSON."),
        Column("given", STRING, "Metadata that came with the record, as JSON."),
        _key("status", "accepted or rejected."),
        Column("reason", STRING, "Why it was rejected; null when accepted."),
        Column("run_id", STRING, "The run that took the record in."),
    ),
)

ORIGINALS = Table(
    "originals",
    "The bytes of one record, so that every stage can be rerun without the file.",
    ("article_id",),
    (ARTICLE_ID, Column("content", BYTES, "The record's bytes as read."), RUN_ID),
)

BLOCKS = Table(
    "blocks",
    "One line of a document and the part it plays on the page.",
    ("article_id", "block_number"),
    (
        ARTICLE_ID,
        _key("block_number", "Position in the document, from 0.", INT),
        _key("raw_start", "First code point in documents.raw_text.", INT),
        _key("raw_end", "Code point after the last in documents.raw_text.", INT),
        _key("role", "body, headline, headline_repeat, deck, section, byline, contributor, caption, caption_repeat, "
             "separator, source_credit, copyright, furniture or blank."),
        Column("probability", FLOAT, "How sure the role is, 0 to 1."),
        _key("rule", "The rule or model that gave the role."),
        RUN_ID,
    ),
)

ARTICLES = Table(
    "articles",
    "One cleaned article, with the dates its page states explicitly.",
    ("article_id",),
    (
        ARTICLE_ID,
        Column("text", STRING, "The body: kept lines joined by a blank line.", nullable=False),
        Column("headline", STRING, "The headline."),
        Column("deck", STRING, "The line under the headline that sums the story up."),
        Column("byline", STRING, "The byline as written."),
        Column("authors", STRINGS, "The people named as authors."),
        Column("outlet", STRING, "Who published this page."),
        Column("original_source", STRING, "Who the text was taken from, where the page says so."),
        Column("original_source_kind", STRING,
               "republished (an 'appeared first on' line), wire (an agency in dateline or byline), cited (the headline "
               "names another outlet as its authority) or self-reference (the outlet names itself in the text)."),
        Column("dateline_place", STRING, "The place at the head of the first paragraph."),
        Column("section", STRING, "The section label of the page."),
        Column("captions", STRINGS, "Picture captions."),
        Column("language", STRING, "Language code: given, else that of a text long enough to tell, else the page's."),
        Column("url", STRING, "Address of the page."),
        Column("published_on", DAY, "Publication day, in the zone the source states; explicit only."),
        Column("published_at", INSTANT, "Publication instant, where the source states time and zone."),
        Column("modified_at", INSTANT, "Last modification the source states."),
        Column("published_source", STRING,
               "Where published_on was read: given, page metadata, a line of the text, or the url a line confirms."),
        Column("published_raw_start", INT,
               "First code point of the day in documents.raw_text; null unless it was read in a line."),
        Column("published_raw_end", INT,
               "Code point after the day in documents.raw_text; null unless it was read in a line."),
        Column("sources", STRING,
               "Where each field was read, as JSON: {field: 'given title', 'json-ld headline', 'line 3 byline', ...}; "
               "behind '; differs: ' another source and the day it states instead; ': not a day' follows where what "
               "stands for a day is none, and the column is null."),
        Column("word_count", INT, "Words in text."),
        Column("segments", SEGMENTS,
               "Runs of text and the raw characters they came from, in order. edit is null where these are copied, "
               "else what was done: space, entity, composed or mojibake. What was only taken out has no run."),
        RUN_ID,
    ),
)

PUBLICATIONS = Table(
    "publications",
    "When an article was published: explicit, inferred or unknown.",
    ("article_id",),
    (
        ARTICLE_ID,
        Column("earliest", DAY, "First possible day."),
        Column("latest", DAY, "Last possible day."),
        Column("best", DAY, "The day itself, where it is known."),
        Column("weekday", STRING, "Day of the week, where that much is known."),
        _key("basis", "explicit, inferred or unknown."),
        Column("confidence", FLOAT, "0 to 1; null when unknown."),
        Column("reason", STRING, "What the dates rest on, or why they are unknown."),
        Column("evidence", STRING,
               "The clues the dates rest on, as a JSON list: rule, raw_start and raw_end in documents.raw_text or the "
               "article_id of another article, earliest, latest, weekday, season (MM-DD to MM-DD of any year)."),
        Column("clues", STRING,
               "Every clue there is, as a JSON list like evidence; null where the day is explicit. Kept so that with a "
               "dated copy that comes later the date is inferred anew, without the text."),
        RUN_ID,
    ),
)

FINGERPRINTS = Table(
    "fingerprints",
    "What an article's text is compared by.",
    ("article_id",),
    (
        ARTICLE_ID,
        Column("words_hash", STRING, "Hash of all folded words: equal for the same words in the same order."),
        Column("shingle_count", INT, "Runs of four words in the whole text."),
        Column("hashes", HASHES, "Sampled hashes of distinct word 4-shingles, in the order of the text (FracMinHash)."),
        Column("gaps", GAPS, "How many shingles lie from each sampled one to the one before it, 255 for more."),
        Column("facts", FACTS, "The distinct names and numbers: hash and place among the sampled shingles, in one."),
        Column("has_frame", BOOL, "Whether the text was taken as it is, with what an outlet may have put around it."),
        Column("method", STRING, "How the text was cut, hashed and sampled: only what is made the same way compares."),
        RUN_ID,
    ),
)

DUPLICATES = Table(
    "duplicates",
    "One typed relation between two articles.",
    ("article_id", "other_article_id"),
    (
        ARTICLE_ID,
        _key("other_article_id", "The earlier or contained article of the pair."),
        _key("relation", "exact, copy, version, contains (article holds other) or shared_passage."),
        Column("containment", FLOAT, "Share of the article's shingles that the other has."),
        Column("other_containment", FLOAT, "Share of the other's shingles that the article has."),
        Column("jaccard", FLOAT, "Shared shingles over all shingles of both."),
        Column("unmatched_share", FLOAT, "Share of text of the article's own, but for a short heading and ending."),
        Column("other_unmatched_share", FLOAT, "The same of the other."),
        Column("facts_missing_share", FLOAT, "Share of names and numbers in the common passages that only one has."),
        Column("inner_share", FLOAT, "Share of either text found in the other, without its heading and ending."),
        Column("longest_share", FLOAT, "Share of the common text in one piece, in the article where it is less."),
        Column("shared_count", INT, "Sampled shingles found in both: the evidence count."),
        _key("rule", "same_words, shingles or same_uri."),
        RUN_ID,
    ),
)

CHANGES = Table(
    "changes",
    "One stretch of words that a version of a text has otherwise than the earlier text.",
    ("article_id", "other_article_id", "change_number"),
    (
        ARTICLE_ID,
        _key("other_article_id", "The earlier text."),
        _key("change_number", "Position in the article's text, from 0.", INT),
        _key("text_start", "First code point of the words in articles.text; without words, where they were left out.",
             INT),
        _key("text_end", "Code point after the last in articles.text.", INT),
        Column("raw_start", INT, "First code point in documents.raw_text; null without words."),
        Column("raw_end", INT, "Code point after the last in documents.raw_text; null without words."),
        Column("added", STRING, "The words of the article that the earlier text does not have there."),
        _key("other_text_start", "The same of the earlier text: of its words, or where the others were added.", INT),
        _key("other_text_end", "Code point after the last in its articles.text.", INT),
        Column("other_raw_start", INT, "First code point in its documents.raw_text; null without words."),
        Column("other_raw_end", INT, "Code point after the last in its documents.raw_text; null without words."),
        Column("left_out", STRING, "The words of the earlier text that the article does not have there."),
        RUN_ID,
    ),
)

CLUSTERS = Table(
    "clusters",
    "An article's place among its copies.",
    ("article_id",),
    (
        ARTICLE_ID,
        _key("cluster_id", "The cluster of exact and copy edges: the id of its first seen article."),
        _key("story_id", "The story of version edges over clusters: the id of its first seen cluster."),
        _key("is_canonical", "Whether this article stands for its cluster.", BOOL),
        _key("canonical_rule", "What made the canonical article: earliest, longest, only or smallest_id."),
        Column("former_cluster_ids", STRINGS, "Ids that parts of the cluster had before they were joined."),
        RUN_ID,
    ),
)

_EXPRESSION_COLUMNS = (
    ARTICLE_ID,
    *SPAN,
    _key("passage", "Which stretch of the article it stands in, from 0: headline, deck, captions, then the body.", INT),
    _key("form", "What the words say, before any calendar, as JSON: ['Weekday', 2, null]."),
    Column("clause_direction", STRING, "past, future or present, where the clause around it says so."),
    _key("rule", "The rule that found it."),
)

EXPRESSIONS = Table(
    "expressions",
    "One temporal expression as found, not yet resolved. Staged within a run, never committed.",
    ("article_id", "raw_start", "raw_end"),
    (*_EXPRESSION_COLUMNS, RUN_ID),
)

CLUES = Table(
    "clues",
    "What an article's own words say of the day it was published. Staged within a run, never committed.",
    ("article_id",),
    (ARTICLE_ID, _key("clues", "As publications.clues, of this article alone."), RUN_ID),
)

DATES = Table(
    "dates",
    "One temporal expression.",
    ("article_id", "raw_start", "raw_end"),
    (
        *_EXPRESSION_COLUMNS,
        _key("type", "TIMEX3 type: DATE, TIME, DURATION or SET."),
        Column("value", STRING, "TIMEX3 value; relative (XXXX-...) or null while unresolved."),
        Column("date_start", DAY, "First day meant; null while unresolved."),
        Column("date_end", DAY, "Last day meant, inclusive; null while unresolved."),
        Column("range_earliest", DAY, "First day of the range it is one end of; null unless both ends are resolved."),
        Column("range_latest", DAY, "Last day of that range, inclusive."),
        Column("granularity", STRING, "day, week, month, quarter, half, season, year, decade, century, time or vague."),
        Column("anchor", STRING, "What it was resolved against: publication, inferred, text or explicit."),
        Column("direction", STRING, "past, future or present, where the words say so."),
        Column("unresolved_reason", STRING, "Why date_start is null."),
        Column("confidence", FLOAT, "0 to 1."),
        RUN_ID,
    ),
)

MENTIONS = Table(
    "mentions",
    "One mention of a named entity.",
    ("article_id", "raw_start", "raw_end"),
    (
        ARTICLE_ID,
        *SPAN,
        _key("label", "PERSON, ORG, GPE, LOC, NORP, FAC, EVENT, WEAPON, PRODUCT, LAW or WORK."),
        _key("entity_key", "Stable key of the name meant; entity_map leads from it to the entity."),
        _key("key_rule", "own_name, or how a shorter name means a longer one of its article: surname_in_article, "
             "first_name_in_article, first_and_last_in_article or acronym_in_article."),
        _key("source", "What decided span and label: model, gazetteer, lexicon, head (the name's last word), acronym "
             "(its long form), vote (the name's other mentions), surname (a name in full) or context."),
        Column("confidence", FLOAT, "0 to 1: grows with the sources that agree."),
        RUN_ID,
    ),
)

ENTITIES = Table(
    "entities",
    "One entity of the real world.",
    ("entity_id",),
    (
        _key("entity_id", "The entity; stable over runs."),
        _key("name", "Its canonical name: the fullest spelling seen most often."),
        _key("type", "The label of its mentions."),
        Column("country", STRING, "ISO 3166 alpha-2 code of a place, where sure."),
        Column("latitude", FLOAT, "Of a place, where sure."),
        Column("longitude", FLOAT, "Of a place, where sure."),
        Column("is_stopped", BOOL, "Whether the user's alias file says that it is no entity; views leave it out."),
        RUN_ID,
    ),
)

ENTITY_MAP = Table(
    "entity_map",
    "Which entity a key means, and by which rule.",
    ("entity_key",),
    (
        _key("entity_key", "Key in mentions and quotes."),
        _key("entity_id", "The entity it means."),
        Column("own_entity_id", STRING, "The entity it means or would mean by itself: an id "
               "of earlier runs whose entity became part of another is found here."),
        _key("rule", "own_name, or the rule that joined it to another key."),
        Column("joined_to", STRING, "The key it was joined to by the rule; null for own_name."),
        _key("evidence_count", "Mentions that carry the key.", BIGINT),
        RUN_ID,
    ),
)

_QUOTE_COLUMNS = (
    ARTICLE_ID,
    *SPAN,
    Column("speaker_surface", STRING, "The speaker as written."),
    Column("speaker_raw_start", INT, "First code point of the speaker in documents.raw_text."),
    Column("speaker_raw_end", INT, "Code point after the speaker in documents.raw_text."),
    Column("speaker_entity_key", STRING, "Key of the speaker, where it is a named entity."),
    Column("cue", STRING, "The verb or phrase that attributes the words."),
    _key("kind", "full (a sentence), partial (a fragment), or scare (no speech: words held at a distance, a title, a "
         "nickname)."),
    Column("rule", STRING, "The rule that attributed it; null when nobody is named."),
    Column("confidence", FLOAT, "0 to 1, of the attribution."),
)

QUOTATIONS = Table(
    "quotations",
    "One direct quotation before grouping. Staged within a run, never committed.",
    ("article_id", "raw_start", "raw_end"),
    (*_QUOTE_COLUMNS, RUN_ID),
)

QUOTES = Table(
    "quotes",
    "One direct quotation.",
    ("article_id", "raw_start", "raw_end"),
    (
        *_QUOTE_COLUMNS,
        _key("quote_group_id", "Quotes of the same words over articles share it: the hash of the first seen wording."),
        Column("changes", STRING, "The words, with what they leave out of the wording that founded the group "
               "in [-...-], and what they put in, in {+...+}; null where no word differs or one has more than 400."),
        RUN_ID,
    ),
)

CHECKS = Table(
    "checks",
    "The verdict of one expectation in one run.",
    ("run_id", "table_name", "check_name"),
    (
        _key("check_name", "What was expected."),
        _key("table_name", "The table it was expected of."),
        _key("severity", "critical blocks the commit, warning sends rows to quarantine, info is only noted."),
        Column("success", BOOL, "Whether it held; null when the check itself failed."),
        _key("is_error", "Whether the check itself failed to run.", BOOL),
        Column("checked_count", BIGINT, "Rows looked at."),
        Column("unexpected_count", BIGINT, "Rows that break it."),
        Column("details", STRING, "The error, or what was observed."),
        Column("sample_keys", STRING, "Keys of rows that break it, 100 at most, as a JSON list; null where none does."),
        RUN_ID,
    ),
)

QUARANTINE = Table(
    "quarantine",
    "One row kept out of its table, with the reason.",
    ("run_id", "table_name", "row_key", "check_name"),
    (
        _key("table_name", "The table it was meant for."),
        _key("row_key", "The row's key, as JSON."),
        Column("article_id", STRING, "The article it belongs to."),
        _key("check_name", "The check it broke; `a record comes once` is looked at when inputs are read."),
        _key("reason", "What is wrong, in words."),
        _key("payload", "The whole row, as JSON."),
        RUN_ID,
    ),
)

RUNS = Table(
    "runs",
    "One run.",
    ("run_id",),
    (
        _key("run_id", "The run: its start in UTC and a random part."),
        _key("started_at", "When it started.", INSTANT),
        _key("finished_at", "When its rows were ready to commit; of one that crashed, when it last wrote.", INSTANT),
        _key("status", "committed, unchanged (nothing new in the inputs), blocked (a critical check failed) or crashed "
             "(killed, or failed before its commit; written down by the run after it)."),
        _key("inputs", "The inputs as given; of a run over the warehouse, the words that asked for it.", STRINGS),
        _key("counts", "Files and records read, kept and rejected, and rows a table, as JSON."),
        _key("versions", "Versions of Dateline, its packages and the model, and for each stage digests of the rules "
             "that made its articles, as JSON."),
        _key("settings", "Every setting in force, as JSON."),
        Column("steps", STRING,
               "What each step before the commit took, as a JSON list: step, call_count, wall_seconds, and cpu_seconds "
               "of the process and its workers together."),
    ),
)

MEASURES = Table(
    "measures",
    "One figure of a run that committed, beside the same figure of the runs before it.",
    ("run_id", "measure", "subject"),
    (
        _key("measure", "articles_by_outlet (a count), or a share: rejected_share, null_share, language_share, "
             "unresolved_share, label_share, duplicate_share, largest_cluster_share, day_share."),
        _key("subject", "What is counted: an outlet, a column, a language, a label, a day."),
        _key("part", "Cases counted; 0 for a subject that only earlier runs had.", BIGINT),
        Column("whole", BIGINT, "Cases there are; null for a mere count."),
        _key("value", "part, or part / whole.", FLOAT),
        Column("typical", FLOAT, "Median of the runs before; null without any."),
        Column("lowest", FLOAT, "Least usual value; null while there are too few runs or cases to judge by."),
        Column("highest", FLOAT, "Greatest usual value."),
        _key("runs_compared", "Runs before that it is held against, 20 at most.", BIGINT),
        _key("is_unusual", "Whether value lies outside lowest and highest.", BOOL),
        RUN_ID,
    ),
)

TABLES = (
    DOCUMENTS, ORIGINALS, BLOCKS, ARTICLES, PUBLICATIONS, FINGERPRINTS, DUPLICATES, CHANGES, CLUSTERS, DATES,
    MENTIONS, ENTITIES, ENTITY_MAP, QUOTES, MEASURES, CHECKS, QUARANTINE, RUNS,
)
"""The committed tables, in the order they are made."""

REPLACED = (CLUSTERS, ENTITIES, ENTITY_MAP)
"""Tables a commit rewrites whole."""

REVISED = (PUBLICATIONS, DATES)
"""Tables in which a run may put rows of older articles in the place of their earlier ones; all others only grow."""
