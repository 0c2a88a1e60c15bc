"""Rows of accounts and refresh tokens (帐号)."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DateTime, ForeignKey, String, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from services.ledger_svc.rows import Row


class AccountRow(Row):
    """Who may sign in, with which roles (帐号)."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由客户端生成")
    username: Mapped[str] = mapped_column(String, unique=True, comment="帐号名")
    password_hash: Mapped[str] = mapped_column(String, comment="口令的 argon2id 摘要")
    kind: Mapped[str] = mapped_column(String, comment="officer 人员，system 系统")
    officer_id: Mapped[UUID | None] = mapped_column(index=True, comment="执法人员")
    name: Mapped[str] = mapped_column(String, comment="姓名或系统名")
    roles: Mapped[list[str]] = mapped_column(ARRAY(String), comment="角色")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    active: Mapped[bool] = mapped_column(server_default=text("true"), comment="是否启用")
    failures: Mapped[int] = mapped_column(server_default=text("0"), comment="连续输错次数")
    rests_until: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), comment="锁定至")


class RefreshTokenRow(Row):
    """A refresh token, by its hash (刷新令牌). The token itself is nowhere kept."""

    __tablename__ = "refresh_token"

    hash: Mapped[str] = mapped_column(String, primary_key=True, comment="令牌的 SHA-256")
    account_id: Mapped[UUID] = mapped_column(ForeignKey(AccountRow.id), index=True, comment="帐号")
    family: Mapped[UUID] = mapped_column(index=True, comment="同一次登录的令牌")
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="失效时间")
    replaced_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="换新时间"
    )
