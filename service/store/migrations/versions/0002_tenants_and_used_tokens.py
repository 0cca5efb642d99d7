"""Whose a card and a report are, and which tokens were used. What is there already came from a demo."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("shown_card", "feedback"):
        op.add_column(table, sa.Column("tenant", sa.String(64), nullable=False, server_default="demo"))
    op.create_table(
        "used_token",
        sa.Column("token", sa.String(64), primary_key=True),
        sa.Column("expires_at", sa.Float, nullable=False),
    )
    op.create_index("ix_used_token_expires_at", "used_token", ["expires_at"])


def downgrade() -> None:
    op.drop_table("used_token")
    for table in ("shown_card", "feedback"):
        op.drop_column(table, "tenant")
