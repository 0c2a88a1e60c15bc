"""Penalty cases: a row each, its acts that are only added to, and what is due in it."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from migrations.scoping import scope_by_region

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NOW = sa.text("now()")


def _column(
    name: str, kind: TypeEngine[Any], comment: str, *, null: bool = False, now: bool = False
) -> sa.Column[Any]:
    default = NOW if now else None
    return sa.Column(name, kind, nullable=null, comment=comment, server_default=default)


def _text(name: str, comment: str, *, null: bool = False) -> sa.Column[Any]:
    return _column(name, sa.String(), comment, null=null)


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    _cases()
    _acts()
    _duties()


def _cases() -> None:
    op.create_table(
        "case",
        _text("region", "行政区划代码"),
        _text("unit", "承办单位代码"),
        _column("inspection_id", sa.Uuid(), "来源现场检查", null=True),
        _column("entity_id", sa.Uuid(), "当事人所属企业", null=True),
        _column("opened_at", sa.DateTime(timezone=True), "提请立案的时间"),
        _text("procedure", "程序及版本，立案时确定"),
        _text("number", "案件编号；批准立案时取得", null=True),
        _column("sequence", sa.Integer(), "案件编号的序号，案内文书沿用", null=True),
        _text("stage", "阶段"),
        _text("name", "案件名称"),
        _text("cause", "案由"),
        _text("source", "案件来源"),
        _text("party_kind", "当事人类别"),
        _text("party_name", "当事人"),
        _text("party_code", "统一社会信用代码", null=True),
        _text("search", "案件名称、当事人及代码，供查找"),
        _column("handlers", postgresql.ARRAY(sa.String()), "承办人证号"),
        _column("offences", postgresql.ARRAY(sa.String()), "违法行为代码"),
        _column("filed_on", sa.Date(), "立案日期", null=True),
        _column("decided_on", sa.Date(), "作出决定的日期", null=True),
        _column("fine", sa.BigInteger(), "罚款（分）"),
        _column("outstanding", sa.BigInteger(), "尚未缴纳（分）"),
        _column("next_due_on", sa.Date(), "最近的期限", null=True),
        _text("next_due", "最近到期的事项", null=True),
        _column("acts", sa.Integer(), "办案行为数"),
        _text("link", "最后一个办案行为的链值"),
        _text("calendar", "计算期限所用日历的摘要"),
        _column("changed_at", sa.DateTime(timezone=True), "最近办理时间", now=True),
        _column("id", sa.Uuid(), "由客户端生成"),
        _text("fingerprint", "登记内容的 SHA-256"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("unit", "number", name="case_number"),
        schema="case_svc",
    )
    for column in ("region", "inspection_id", "entity_id", "next_due_on", "calendar"):
        op.create_index(op.f(f"ix_case_svc_case_{column}"), "case", [column], schema="case_svc")
    op.create_index("case_newest", "case", ["opened_at", "id"], schema="case_svc")
    for column in ("stage", "unit"):
        op.create_index(f"case_by_{column}", "case", [column, "opened_at", "id"], schema="case_svc")
    scope_by_region("case_svc", '"case"')


def _acts() -> None:
    op.create_table(
        "case_act",
        _column("case_id", sa.Uuid(), "案件"),
        _text("region", "行政区划代码"),
        _column("seq", sa.Integer(), "在案件中的序号，从 1 起"),
        _text("kind", "办案行为种类"),
        _column("done_at", sa.DateTime(timezone=True), "办理时间"),
        _text("done_by", "办理人"),
        _column("body", postgresql.JSONB(), "全部内容，链值所涵盖"),
        _text("prev", "前一个办案行为的链值"),
        _text("link", "链值"),
        _column("received_at", sa.DateTime(timezone=True), "登记时间", now=True),
        _column("id", sa.Uuid(), "由客户端生成"),
        _text("fingerprint", "登记内容的 SHA-256"),
        sa.ForeignKeyConstraint(["case_id"], ["case_svc.case.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "seq", name="case_act_in_order"),
        sa.UniqueConstraint("case_id", "prev", name="case_act_chained"),
        schema="case_svc",
    )
    op.create_index(op.f("ix_case_svc_case_act_region"), "case_act", ["region"], schema="case_svc")
    # An act is never changed and never taken away: the service may only read and add.
    scope_by_region("case_svc", "case_act", "select, insert")


def _duties() -> None:
    op.create_table(
        "case_duty",
        _column("case_id", sa.Uuid(), "案件"),
        _column("place", sa.Integer(), "在案件中的次序"),
        _text("region", "行政区划代码"),
        _text("unit", "承办单位代码"),
        _text("name", "期限名称"),
        _text("title", "待办事项"),
        _text("law", "依据"),
        _text("power", "由何种职权办理；空即当事人", null=True),
        _text("person", "指定的人"),
        _column("handlers", postgresql.ARRAY(sa.String()), "承办人证号"),
        _column("due_on", sa.Date(), "截止日；空即没有或者不能计算", null=True),
        _text("act", "办理该事项的办案行为"),
        _column("verified", sa.Boolean(), "期限的依据已核对"),
        _column("waiting", sa.Boolean(), "等待期满，不需要办理"),
        _text("unknown", "不能计算的原因"),
        sa.ForeignKeyConstraint(["case_id"], ["case_svc.case.id"]),
        sa.PrimaryKeyConstraint("case_id", "place"),
        schema="case_svc",
    )
    op.create_index(
        op.f("ix_case_svc_case_duty_region"), "case_duty", ["region"], schema="case_svc"
    )
    op.create_index("case_duty_of_unit", "case_duty", ["unit", "due_on"], schema="case_svc")
    scope_by_region("case_svc", "case_duty", "select, insert, delete")


def downgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    for table in ("case_duty", "case_act", "case"):
        op.drop_table(table, schema="case_svc")
