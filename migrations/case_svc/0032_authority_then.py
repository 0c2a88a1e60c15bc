"""How plants and officers stood before: letters are judged by the day of their act.

Also: a finding about a letter whose authority is in doubt says whether it is taken, and a file whose
sender has moved finds what waits for it where it was captured.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from migrations.scoping import scope_by_reach

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

SCOPE = "perform set_config('app.region', for_region, true), set_config('app.officer', for_officer, true)"
ELSEWHERE = """
            if exists (select from case_svc.awaiting(for_officer, hash, bytes)) then
                return false;
            end if;"""

SAID = (
    ("about", ("fork 日志分叉，handover 移交", "fork 日志分叉，handover 移交，authority 权限存疑")),
    ("subject", ("平板/日志，或者封装包的摘要", "平板/日志，封装包的摘要，或者信件的所属事项")),
)
"""What a column says: before, and from here on."""


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _past(
        "officer",
        sa.Column("unit", sa.String(), nullable=False, comment="单位代码"),
        sa.Column("name", sa.String(), nullable=False, comment="姓名"),
        sa.Column("certificate_number", sa.String(), nullable=False, comment="执法证号"),
        sa.Column("valid_until", sa.Date(), nullable=False, comment="有效期至"),
        sa.Column("certificate_state", sa.String(), nullable=False, comment="执法证状态"),
    )
    op.create_index(
        op.f("ix_case_svc_officer_past_certificate_number"), "officer_past",
        ["certificate_number"], schema="case_svc",
    )  # fmt: skip
    _past(
        "entity",
        sa.Column("name", sa.String(), nullable=False, comment="名称"),
        sa.Column("values", JSONB(), nullable=False, comment="各栏目的值"),
        sa.Column("missing", ARRAY(sa.String()), nullable=False, comment="缺失的必填项"),
    )
    op.add_column(
        "officer",
        sa.Column(
            "changed_at", sa.DateTime(timezone=True), comment="单位、区划、执法证最近一次变动的时间"
        ),
        schema="case_svc",
    )
    op.add_column(
        "letter_review",
        sa.Column("accepted", sa.Boolean(), comment="存疑的信件是否受理；其他核查为空"),
        schema="case_svc",
    )
    # Whoever has moved may not look where he captured: which regions wait for a file of his own is
    # all that is told, and of files which of them he has sent.
    _told(
        "awaiting(for_officer text, hash text, bytes bigint)", "text",
        """select region from case_svc.evidence where sha256 = hash and size = bytes
            and received_at is null and declared_by = for_officer
            and not starts_with(region, (select current_setting('app.region', true)))
        union
        select region from case_svc.document where pdf_sha256 = hash and pdf_size = bytes
            and pdf_received_at is null and issued_by = for_officer
            and not starts_with(region, (select current_setting('app.region', true)))""",
    )  # fmt: skip
    _told(
        "sent_by(for_account text, hashes text[])", "case_svc.upload",
        """select * from case_svc.upload
        where account = for_account and sha256 = any(hashes) and completed_at is not null""",
    )  # fmt: skip
    _complete_upload(ELSEWHERE)
    for column, comment in SAID:
        op.alter_column("letter_review", column, comment=comment[1], schema="case_svc")


def _past(of: str, *columns: sa.Column[object]) -> None:
    table = f"{of}_past"
    op.create_table(
        table,
        sa.Column("id", sa.BigInteger(), sa.Identity(), nullable=False, comment="写入序"),
        sa.Column(f"{of}_id", sa.Uuid(), nullable=False, comment="台账中的编号"),
        sa.Column("region", sa.String(), nullable=False, comment="当时的行政区划代码"),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False, comment="至此为止"),
        *columns,
        sa.PrimaryKeyConstraint("id"),
        schema="case_svc",
    )
    op.create_index(op.f(f"ix_case_svc_{table}_{of}_id"), table, [f"{of}_id"], schema="case_svc")
    scope_by_reach("case_svc", table, "select, insert")


def _told(function: str, what: str, how: str) -> None:
    op.execute(f"""
        create function case_svc.{function} returns setof {what}
        language sql stable security definer set search_path = case_svc as $$ {how} $$""")
    signature = function.partition("(")
    kinds = ", ".join(one.split()[1] for one in signature[2].rstrip(")").split(", "))
    op.execute(f"revoke all on function case_svc.{signature[0]}({kinds}) from public")
    op.execute(f"grant execute on function case_svc.{signature[0]}({kinds}) to case_svc")


def _complete_upload(elsewhere: str) -> None:
    op.execute(f"""
        create or replace function case_svc.complete_upload(
            for_region text, for_officer text, key bigint, of uuid, hash text, bytes bigint,
            media text, at timestamptz
        ) returns boolean language plpgsql as $$
        begin
            {SCOPE};
            perform pg_advisory_xact_lock(key);
            if exists (
                select from case_svc.evidence
                where sha256 = hash and size = bytes and received_at is null
            ) or media = 'application/pdf' and exists (
                select from case_svc.document
                where pdf_sha256 = hash and pdf_size = bytes and pdf_received_at is null
            ) then
                return false;
            end if;{elsewhere}
            update case_svc.upload set "offset" = size, completed_at = at where id = of;
            return true;
        end $$""")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _complete_upload("")
    op.execute("drop function case_svc.sent_by(text, text[])")
    op.execute("drop function case_svc.awaiting(text, text, bigint)")
    for column, comment in SAID:
        op.alter_column("letter_review", column, comment=comment[0], schema="case_svc")
    op.drop_column("letter_review", "accepted", schema="case_svc")
    op.drop_column("officer", "changed_at", schema="case_svc")
    for table in ("entity_past", "officer_past"):
        op.drop_table(table, schema="case_svc")
