"""The tables, as SQLAlchemy Core; migrations bring a database to them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table

metadata = MetaData()

entries = Table(
    "entries",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("type", String(20), nullable=False),
    Column("id", String(300), nullable=False),
    Column("rev", Integer, nullable=False),
    Column("origin", String(60), nullable=False),
    Column("recorded", String(40), nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    Index("entries_by_record", "type", "id", "rev", unique=True),
    Index("entries_by_type", "type", "seq"),
)
"""The hash chain, append-only: nothing in vacatur updates or deletes a row."""
