"""Rows of enrolments and devices (平板注册、平板)."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Integer, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.kit.once import EnteredOnce
from services.ledger_svc.rows import Row


class EnrolmentRow(EnteredOnce, Row):
    """A code by which one device enters a unit (平板注册). The code itself is nowhere kept."""

    __tablename__ = "device_enrolment"

    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    region: Mapped[str] = mapped_column(String, comment="行政区划代码")
    gateway: Mapped[str] = mapped_column(String, comment="平板今后访问的服务器地址")
    code_hash: Mapped[str] = mapped_column(String, unique=True, comment="注册码的 SHA-256")
    made_by: Mapped[str] = mapped_column(String, comment="发放人")
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="失效时间")
    device_id: Mapped[UUID | None] = mapped_column(comment="用此注册码注册的平板")
    used_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), comment="使用时间")


class DeviceRow(Row):
    """A device as it was enrolled and as it last reported itself (平板)."""

    __tablename__ = "device"

    id: Mapped[UUID] = mapped_column(primary_key=True, comment="由平板生成")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    name: Mapped[str] = mapped_column(String, comment="平板名称")
    model: Mapped[str] = mapped_column(String, comment="型号")
    platform: Mapped[str] = mapped_column(String, comment="操作系统")
    public_key: Mapped[str] = mapped_column(String, comment="Ed25519 公钥，base64url")
    enrolment_id: Mapped[UUID] = mapped_column(unique=True, comment="注册时所用的注册码")
    enrolled_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="注册时间"
    )
    state: Mapped[str] = mapped_column(
        String, comment="active 在用，frozen 冻结，wipe_requested 待擦除，wiped 已擦除"
    )
    state_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="状态变更时间"
    )
    state_by: Mapped[str] = mapped_column(String, comment="状态变更人")
    reason: Mapped[str] = mapped_column(String, server_default=text("''"), comment="状态变更原因")
    cloned_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="发现被复制或从备份恢复的时间"
    )
    contacted_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="最近上报时间"
    )
    report: Mapped[dict[str, Any] | None] = mapped_column(
        JSONB(none_as_null=True), comment="最近一次上报：未送达数量、版本、时钟"
    )
    skew: Mapped[int | None] = mapped_column(Integer, comment="平板时钟快于服务器的秒数")
    officers: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, server_default=text("'[]'"), comment="在此平板上登录过的人"
    )
    nonce: Mapped[str | None] = mapped_column(String, comment="最近一次应答给出的随机数")
    nonce_before: Mapped[str | None] = mapped_column(String, comment="再前一次给出的随机数")
    answered: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, server_default=text("'[]'"), comment="最近几次上报：序号、签名摘要、所给随机数"
    )
