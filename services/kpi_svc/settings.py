"""What kpi_svc is told: nothing beside what every service is told."""

from services.kit.settings import ServiceSettings


class KpiSettings(ServiceSettings):
    """Settings of kpi_svc."""
