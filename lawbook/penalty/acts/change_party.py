"""变更当事人信息: renamed, moved or represented by another; earlier documents keep what was."""

from lawbook.penalty.act import Power
from lawbook.penalty.kind import ActKind
from lawbook.penalty.shape import record, text
from lawbook.penalty.shapes import PARTY

ACT = ActKind(
    "change-party",
    "变更当事人信息",
    Power.HANDLE,
    "行政处罚法 §59",
    shape=(
        record("party", "当事人", *(one.optional for one in PARTY)),
        text("reason", "变更的事由和依据"),
    ),
)
