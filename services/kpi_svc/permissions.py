"""What may be done in kpi_svc; `content/roles.toml` says by whom."""

from enum import StrEnum


class Permission(StrEnum):
    """权限."""

    INDICATOR_READ = "indicator.read"
    INDICATOR_PUBLISH = "indicator.publish"
