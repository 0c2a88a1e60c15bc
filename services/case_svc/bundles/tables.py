"""Rows of bundles that came (封装包、移交)."""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, DateTime, Integer, String, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from services.case_svc.rows import Row


class BundleRow(Row):
    """A bundle, under whose grant it was made, and what became of it (封装包)."""

    __tablename__ = "bundle"

    id: Mapped[str] = mapped_column(String, primary_key=True, comment="封装文件的 SHA-256")
    region: Mapped[str] = mapped_column(String, index=True, comment="授权的行政区划代码")
    device: Mapped[str] = mapped_column(String, comment="平板编号")
    account: Mapped[str] = mapped_column(String, comment="授权的帐号")
    officer: Mapped[str] = mapped_column(String, comment="授权的执法人员")
    name: Mapped[str] = mapped_column(String, comment="姓名")
    unit: Mapped[str] = mapped_column(String, comment="授权的单位")
    purpose: Mapped[str] = mapped_column(String, comment="rescue 导出，sealed 封存")
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), comment="封装时间")
    carried_by: Mapped[str] = mapped_column(String, comment="首次送来的人")
    received_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="首次送来的时间"
    )
    last_received_at: Mapped[datetime] = mapped_column(
        DateTime(timezone=True), server_default=text("now()"), comment="最近一次送来的时间"
    )
    letters: Mapped[int] = mapped_column(Integer, comment="信件数")
    applied: Mapped[int] = mapped_column(Integer, comment="已办理")
    rejected: Mapped[int] = mapped_column(Integer, comment="未受理")
    held: Mapped[int] = mapped_column(Integer, comment="暂缓")
    files: Mapped[int] = mapped_column(Integer, comment="随附文件中已收到的")
    after_withdrawal: Mapped[bool] = mapped_column(Boolean, comment="授权已撤回之后送来")
    withdrawal: Mapped[str] = mapped_column(String, comment="撤回的情形")
    subjects: Mapped[list[str]] = mapped_column(ARRAY(String), comment="所属事项")
    drafts: Mapped[list[dict[str, Any]]] = mapped_column(JSONB, comment="未办完的事项")
