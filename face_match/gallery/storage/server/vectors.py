"""The embeddings of a gallery on a server, and the indexes that propose faces to compare.

Embeddings are pgvector's `vector`: float32, exactly as they were computed. An index is an expression index:
it holds the half-precision copies itself. Only named faces are in it, since only they are searched: with the
others the index would have to skip whole clusters of strangers.
"""

from __future__ import annotations

from hashlib import sha256

from psycopg import sql

MOST_INDEXED_DIMENSIONS = 4_000
"""pgvector's limit for an HNSW index of half-precision embeddings."""

LINKS, EF_CONSTRUCTION = 16, 64
"""pgvector's defaults for HNSW (Malkov, Yashunin 2016, arXiv:1603.09320)."""

MARK_NAMED = (
    "ALTER TABLE vectors ADD COLUMN is_named boolean NOT NULL DEFAULT false",
    """CREATE FUNCTION set_is_named() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$ BEGIN
    NEW.is_named := EXISTS (SELECT FROM faces WHERE id = NEW.face AND person IS NOT NULL);
    RETURN NEW;
END $$""",
    "CREATE TRIGGER vectors_named BEFORE INSERT ON vectors FOR EACH ROW EXECUTE FUNCTION set_is_named()",
    """CREATE FUNCTION update_is_named() RETURNS trigger LANGUAGE plpgsql
SET search_path FROM CURRENT AS $$ BEGIN
    UPDATE vectors SET is_named = NEW.person IS NOT NULL
    WHERE face = NEW.id AND is_named <> (NEW.person IS NOT NULL);
    RETURN NULL;
END $$""",
    "CREATE TRIGGER faces_named AFTER INSERT OR UPDATE OF person ON faces FOR EACH ROW"
    " EXECUTE FUNCTION update_is_named()",
)
"""Statements that mark the embeddings of faces with a person, whoever writes them. Renaming and moving change
no embedding."""


def index_name(model_id: str, dimensions: int) -> str:
    """The name of the index of a model: a digest, since names of models are longer than PostgreSQL allows."""
    return f"nearest_{sha256(model_id.encode()).hexdigest()[:16]}_{dimensions}"


def of_model(model_id: str, dimensions: int) -> sql.Composed:
    """The condition on `v`, a named face's embedding, under which an index has it.

    Literals, no parameters: the planner must see that the index has all rows that meet it.
    """
    return sql.SQL("v.is_named AND v.model = {} AND vector_dims(v.vector) = {}").format(
        sql.Literal(model_id), sql.Literal(dimensions)
    )


def compared(dimensions: int) -> sql.Composed:
    """The half-precision copy of `v.vector`, as the index has it."""
    return sql.SQL("(v.vector::halfvec({}))").format(sql.Literal(dimensions))


def create_index(model_id: str, dimensions: int, *, concurrently: bool) -> sql.Composed:
    """The statement that builds the index of a model.

    Args:
        concurrently: leave the table open for changes meanwhile; not possible in a transaction.
    """
    condition = of_model(model_id, dimensions).as_string().replace("v.", "")
    expression = compared(dimensions).as_string().replace("v.", "")
    return sql.SQL(
        "CREATE INDEX {concurrently} IF NOT EXISTS {name} ON vectors"
        " USING hnsw ({expression} halfvec_cosine_ops)"
        " WITH (m = {links}, ef_construction = {ef}) WHERE {condition}"
    ).format(
        concurrently=sql.SQL("CONCURRENTLY" if concurrently else ""),
        name=sql.Identifier(index_name(model_id, dimensions)),
        expression=sql.SQL(expression),
        links=sql.Literal(LINKS),
        ef=sql.Literal(EF_CONSTRUCTION),
        condition=sql.SQL(condition),
    )
