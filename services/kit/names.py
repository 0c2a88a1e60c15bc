"""The services' names: package, schema, database role, Alembic section and log name in one."""

SERVICES = ("ledger_svc", "case_svc", "kpi_svc")
