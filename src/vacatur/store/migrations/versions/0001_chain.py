"""The hash chain."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the append-only table of entries, with an index by record."""
    op.create_table(
        "entries",
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True, autoincrement=False),
        sa.Column("type", sa.String(20), nullable=False),
        sa.Column("id", sa.String(300), nullable=False),
        sa.Column("rev", sa.Integer, nullable=False),
        sa.Column("origin", sa.String(60), nullable=False),
        sa.Column("recorded", sa.String(40), nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("prev", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
    )
    op.create_index("entries_by_record", "entries", ["type", "id", "rev"], unique=True)
    op.create_index("entries_by_type", "entries", ["type", "seq"])
