"""The place of a letter in its device's journal, signed receipts, letters that wait, forks."""

import sqlalchemy as sa
from alembic import op

from migrations.scoping import scope_by_region

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NOW = sa.text("now()")


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for column in (
        sa.Column(
            "journal",
            sa.String(),
            server_default="",
            nullable=False,
            comment="日志的名称；旧版平板为空",
        ),
        sa.Column("seq", sa.BigInteger(), comment="在日志中的序号"),
        sa.Column("prev", sa.String(), comment="前一封信件的链值"),
        sa.Column("link", sa.String(), comment="链值"),
        sa.Column("receipt_key", sa.String(), comment="签署回执的密钥"),
        sa.Column("receipt_signature", sa.String(), comment="回执的签名"),
    ):
        op.add_column("letter", column, schema="case_svc")
    op.create_index(
        "letter_place",
        "letter",
        ["device", "journal", "seq"],
        schema="case_svc",
        postgresql_where=sa.text("seq is not null"),
    )
    op.create_table(
        "held_letter",
        sa.Column("id", sa.Uuid(), nullable=False, comment="信件编号"),
        sa.Column("region", sa.String(), nullable=False, comment="送信者的行政区划代码"),
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column("account", sa.String(), nullable=False, comment="送信帐号"),
        sa.Column("subject", sa.String(), nullable=False, comment="所属事项"),
        sa.Column("kind", sa.String(), nullable=False, comment="信件种类"),
        sa.Column("written_at", MOMENT, nullable=False, comment="写成时间"),
        sa.Column(
            "held_since", MOMENT, server_default=NOW, nullable=False, comment="首次暂缓的时间"
        ),
        sa.Column(
            "last_sent_at", MOMENT, server_default=NOW, nullable=False, comment="最近一次送来的时间"
        ),
        sa.Column("code", sa.String(), nullable=False, comment="原因代码"),
        sa.Column("title", sa.String(), nullable=False, comment="原因"),
        sa.PrimaryKeyConstraint("id", "region"),
        schema="case_svc",
    )
    op.create_table(
        "journal_fork",
        sa.Column("device", sa.String(), nullable=False, comment="平板编号"),
        sa.Column("journal", sa.String(), nullable=False, comment="日志的名称"),
        sa.Column("region", sa.String(), nullable=False, comment="送信者的行政区划代码"),
        sa.Column("account", sa.String(), nullable=False, comment="送信帐号"),
        sa.Column("seq", sa.BigInteger(), nullable=False, comment="首次发现处的序号"),
        sa.Column(
            "reason",
            sa.String(),
            nullable=False,
            comment="same-seq 同一序号两封信，prev-differs 与前一封不相接",
        ),
        sa.Column("letter", sa.Uuid(), nullable=False, comment="引起注意的信件"),
        sa.Column("other", sa.Uuid(), comment="占有同一序号的信件"),
        sa.Column(
            "letters",
            sa.Integer(),
            server_default=sa.text("1"),
            nullable=False,
            comment="发现以来涉及的信件数",
        ),
        sa.Column(
            "noticed_at", MOMENT, server_default=NOW, nullable=False, comment="首次发现的时间"
        ),
        sa.Column(
            "last_noticed_at",
            MOMENT,
            server_default=NOW,
            nullable=False,
            comment="最近一次发现的时间",
        ),
        sa.PrimaryKeyConstraint("device", "journal", "region"),
        schema="case_svc",
    )
    scope_by_region("case_svc", "held_letter", "select, insert, update")
    scope_by_region("case_svc", "journal_fork", "select, insert, update")
    # A tablet whose officer has moved writes on in the same journal: what its old region has must
    # still count. A letter's id and a journal's name are random: nobody asks who does not have them.
    op.execute("""
        create function case_svc.letters_applied(wanted uuid[]) returns setof uuid
        language sql stable security definer set search_path = case_svc as $$
            select id from case_svc.letter where id = any(wanted) and state = 'applied'
        $$""")
    op.execute("""
        create function case_svc.journal_places(of_device text, of_journal text, wanted bigint[])
        returns table (id uuid, seq bigint, prev text, link text)
        language sql stable security definer set search_path = case_svc as $$
            select id, seq, prev, link from case_svc.letter
            where device = of_device and journal = of_journal and seq = any(wanted)
        $$""")
    op.execute("""
        create function case_svc.letters_decided(decided uuid[]) returns void
        language sql security definer set search_path = case_svc as $$
            delete from case_svc.held_letter where id = any(decided)
        $$""")
    for name in FUNCTIONS:
        op.execute(f"revoke all on function case_svc.{name} from public")
        op.execute(f"grant execute on function case_svc.{name} to case_svc")


FUNCTIONS = (
    "letters_applied(uuid[])",
    "journal_places(text, text, bigint[])",
    "letters_decided(uuid[])",
)


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for name in FUNCTIONS:
        op.execute(f"drop function case_svc.{name}")
    for table in ("held_letter", "journal_fork"):
        op.drop_table(table, schema="case_svc")
    op.drop_index("letter_place", "letter", schema="case_svc")
    for name in ("receipt_signature", "receipt_key", "link", "prev", "seq", "journal"):
        op.drop_column("letter", name, schema="case_svc")
