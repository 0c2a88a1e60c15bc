"""One request, one transaction, in one officer's name; committed before the answer leaves."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Annotated, Any, Literal

import asyncpg
from anyio import CancelScope
from fastapi import Depends, Request
from sqlalchemy import ARRAY, ColumnElement, any_, event, literal, text
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import (
    AsyncConnection,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.orm import Session, SessionTransaction

from services.kit.claims import Claims, CurrentClaims
from services.kit.settings import ServiceSettings

SCOPE = "select set_config('app.region', $1, true), set_config('app.officer', $2, true)"
BEGUN = f"{SCOPE}, exists (select from succession)"
"""A service's role has its schema's name, which is where it looks first."""


class ScopedSession(Session):
    """A session that tells PostgreSQL for whom it works as each transaction begins."""


@event.listens_for(ScopedSession, "after_begin")
def _announce(session: Session, transaction: SessionTransaction, connection: Connection) -> None:
    if transaction.nested:  # a savepoint works for whom its transaction works
        return
    claims: Claims = session.info["claims"]
    # As asyncpg takes it: in what every transaction begins with there is nothing to compile.
    told = connection.exec_driver_sql(BEGUN, (claims.region, claims.who))
    # Nearly always nobody carries on for anybody: then nobody asks again in this transaction.
    session.info["succeeded"] = told.one()[2]


def among(column: Any, values: Collection[Any]) -> ColumnElement[bool]:  # noqa: ANN401
    """Whether a column is one of the values, sent as one array: one statement for any number."""
    one_of: ColumnElement[bool] = column == any_(literal(list(values), ARRAY(column.type)))
    return one_of


async def _living(pooled: AsyncConnection) -> asyncpg.Connection:
    """asyncpg's own connection. SQLAlchemy learns that one has ended by its own statements only."""
    driver: asyncpg.Connection = (await pooled.get_raw_connection()).driver_connection
    if driver.is_closed():
        await pooled.invalidate()
        driver = (await pooled.get_raw_connection()).driver_connection
    return driver


class Database:
    """The PostgreSQL of one service, reached in the service's own role."""

    def __init__(self, settings: ServiceSettings) -> None:
        url = settings.database_url.replace("postgresql://", "postgresql+asyncpg://", 1)
        idle = str(round(settings.idle_seconds * 1000))
        self.engine = create_async_engine(
            url,
            pool_size=settings.pool_size,
            max_overflow=settings.pool_size,
            pool_timeout=20,
            connect_args={"server_settings": {"idle_in_transaction_session_timeout": idle}},
        )
        self._sessions = async_sessionmaker(
            self.engine, sync_session_class=ScopedSession, expire_on_commit=False
        )

    @asynccontextmanager
    async def transaction(self, claims: Claims) -> AsyncIterator[AsyncSession]:
        """One transaction in the name of `claims`; committed at the end, undone by an error."""
        async with self._sessions(info={"claims": claims}) as session, session.begin():
            yield session

    @asynccontextmanager
    async def raw(
        self,
        claims: Claims,
        isolation: Literal["read_committed", "repeatable_read"] = "read_committed",
    ) -> AsyncIterator[asyncpg.Connection]:
        """The same, as asyncpg's own connection: for COPY and for snapshots."""
        async with self.engine.connect() as pooled:
            driver = await _living(pooled)
            transaction = driver.transaction(isolation=isolation)
            try:
                # Left while BEGIN or COMMIT is on its way, too: asyncpg then still believes it is in
                # this transaction, and would only set savepoints for whoever came next.
                await transaction.start()
                try:
                    await driver.fetchrow(SCOPE, claims.region, claims.who)
                    yield driver
                except Exception:
                    if not driver.is_closed():
                        await transaction.rollback()
                    raise
                await transaction.commit()
            except Exception:
                raise
            except BaseException:
                # Whoever read has left in the middle. asyncpg cannot tell when a connection whose
                # COPY was broken off is idle again, so that one is not given back but closed.
                driver.terminate()
                with CancelScope(shield=True):
                    await pooled.invalidate()
                raise

    async def call(self, claims: Claims, statement: str, *given: object) -> asyncpg.Record:
        """One statement's row, its own transaction: one round trip instead of four.

        It calls a function of ours that says itself for whom it works: $1 is the region, $2 who.
        """
        async with self.engine.connect() as pooled:
            driver = await _living(pooled)
            return await driver.fetchrow(statement, claims.region, claims.who, *given)

    async def ready(self) -> bool:
        """Whether PostgreSQL answers within two seconds."""
        try:
            async with asyncio.timeout(2), self.engine.connect() as connection:
                await connection.execute(text("select 1"))
        except Exception:
            return False
        return True

    async def close(self) -> None:
        """Give the connections back."""
        await self.engine.dispose()


async def database(request: Request) -> Database:
    """The database of the service that answers this request."""
    held: Database = request.app.state.database
    return held


async def _transaction(
    claims: CurrentClaims, held: Annotated[Database, Depends(database)]
) -> AsyncIterator[AsyncSession]:
    async with held.transaction(claims) as session:
        yield session


async def _snapshot(
    session: Annotated[AsyncSession, Depends(_transaction, scope="function")],
) -> AsyncSession:
    await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    return session


# scope="function": commit before the response leaves, so that 201 means stored. FastAPI's default
# scope would commit after it, and a commit that fails would still have answered 200.
Transaction = Annotated[AsyncSession, Depends(_transaction, scope="function")]
"""The request's one transaction, in the caller's name."""

Snapshot = Annotated[AsyncSession, Depends(_snapshot, scope="function")]
"""The same, all of whose reads are of one moment (REPEATABLE READ)."""

TheDatabase = Annotated[Database, Depends(database)]
