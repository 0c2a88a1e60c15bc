"""The few ledger facts that proceedings need, kept by following feeds/ledger."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Identity, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row


class EntityRow(Row):
    """A plant, as the ledger last told (企业)."""

    __tablename__ = "entity"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    name: Mapped[str] = mapped_column(String, comment="名称")
    credit_code: Mapped[str | None] = mapped_column(String, comment="统一社会信用代码")
    trades: Mapped[list[str]] = mapped_column(ARRAY(String), comment="行业领域")
    op_status: Mapped[str] = mapped_column(String, comment="经营状态")
    values: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="各栏目的值")
    missing: Mapped[list[str]] = mapped_column(ARRAY(String), comment="缺失的必填项")


class OfficerRow(Row):
    """An officer and the certificate (执法人员、执法证)."""

    __tablename__ = "officer"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    name: Mapped[str] = mapped_column(String, comment="姓名")
    certificate_number: Mapped[str] = mapped_column(String, index=True, comment="执法证号")
    valid_until: Mapped[date] = mapped_column(Date, comment="有效期至")
    certificate_state: Mapped[str] = mapped_column(String, comment="执法证状态")
    account_active: Mapped[bool] = mapped_column(
        Boolean, server_default=text("true"), comment="有可用的帐号"
    )
    left_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="离任时间；空即在任"
    )
    changed_at: Mapped[datetime | None] = mapped_column(
        DateTime(timezone=True), comment="单位、区划、执法证最近一次变动的时间"
    )


class UnitRow(Row):
    """A bureau that enforces (执法单位)."""

    __tablename__ = "unit"

    code: Mapped[str] = mapped_column(String, primary_key=True, comment="单位代码")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    name: Mapped[str] = mapped_column(String, comment="名称")
    short_name: Mapped[str] = mapped_column(String, comment="文号中的简称，待确认")
    level: Mapped[str] = mapped_column(String, comment="层级")


class KnownDeviceRow(Row):
    """A tablet as the ledger knows it (平板): its key, who has worked on it, its states as they came."""

    __tablename__ = "known_device"

    id: Mapped[str] = mapped_column(String, primary_key=True, comment="平板编号")
    region: Mapped[str] = mapped_column(String, index=True, comment="行政区划代码")
    public_key: Mapped[str] = mapped_column(String, comment="注册时登记的公钥，base64url")
    enrolled_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="注册时间")
    officers: Mapped[list[str]] = mapped_column(ARRAY(String), comment="在其上登录过的执法证号")
    states: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, comment="状态及其起始时间，先后为序"
    )


class OfficerPastRow(Row):
    """How an officer stood until a moment (执法人员的历史状态), seen where it was. Never changed."""

    __tablename__ = "officer_past"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True, comment="写入序")
    officer_id: Mapped[UUID] = mapped_column(index=True, comment="台账中的编号")
    region: Mapped[str] = mapped_column(String, comment="当时的行政区划代码")
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="至此为止")
    unit: Mapped[str] = mapped_column(String, comment="单位代码")
    name: Mapped[str] = mapped_column(String, comment="姓名")
    certificate_number: Mapped[str] = mapped_column(String, index=True, comment="执法证号")
    valid_until: Mapped[date] = mapped_column(Date, comment="有效期至")
    certificate_state: Mapped[str] = mapped_column(String, comment="执法证状态")


class EntityPastRow(Row):
    """A plant as a region knew it until it left (企业划转前的状态). Never changed."""

    __tablename__ = "entity_past"

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True, comment="写入序")
    entity_id: Mapped[UUID] = mapped_column(index=True, comment="台账中的编号")
    region: Mapped[str] = mapped_column(String, comment="当时的行政区划代码")
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="至此为止")
    name: Mapped[str] = mapped_column(String, comment="名称")
    values: Mapped[dict[str, Any]] = mapped_column(JSONB, comment="各栏目的值")
    missing: Mapped[list[str]] = mapped_column(ARRAY(String), comment="缺失的必填项")
