"""One Alembic environment for all services; `--name` says which."""

import importlib
import os
from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, pool, text

config = context.config
service = config.config_ini_section
schema = config.get_section_option(service, "schema") or service
tables = importlib.import_module(f"services.{service}.tables")
metadata = tables.Row.metadata


def _include(name: str | None, kind: str, _parents: Any) -> bool:  # noqa: ANN401
    return name == schema if kind == "schema" else True


def _url() -> str:
    url = config.attributes.get("url") or os.environ["ZHIFA_OWNER_URL"]
    return str(url).replace("postgresql://", "postgresql+psycopg://", 1)


def _migrate(connection: Connection) -> None:
    connection.execute(text(f"create schema if not exists {schema}"))
    connection.commit()
    context.configure(
        connection=connection,
        target_metadata=metadata,
        version_table_schema=schema,
        include_schemas=True,
        include_name=_include,
        compare_server_default=False,
    )
    with context.begin_transaction():
        context.run_migrations()


if (given := config.attributes.get("connection")) is not None:
    _migrate(given)
else:
    engine = create_engine(_url(), poolclass=pool.NullPool)
    with engine.connect() as connection:
        _migrate(connection)
