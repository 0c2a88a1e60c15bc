"""Who sees what: PostgreSQL decides, for every table with a region."""

from uuid import uuid4

import asyncpg
import pytest

from services.kit.names import SERVICES
from tests.examples import training

COUNT = "select count(*) from ledger_svc.training"
ALL_REGIONS = ("140802", "140882", "140800KFQ")


@pytest.fixture
async def filled(app, client_of):
    """A thing in each of three regions."""
    for region in ALL_REGIONS:
        body = training(region=region)
        answer = await client_of(app, region).put(f"/v1/things/{uuid4()}", json=body)
        assert answer.status_code == 200
    return app


@pytest.mark.parametrize(
    ("region", "seen"),
    [("140882", 1), ("140802", 1), ("140800KFQ", 1), ("1408", 3), ("14", 3), ("1407", 0),
     ("140881", 0), ("1", 3)],
)  # fmt: skip
async def test_a_region_sees_what_begins_with_it(filled, client_of, region, seen):
    assert (await client_of(filled, region).get("/v1/things")).json() == {"count": seen}


async def test_the_zone_lies_in_no_county(filled, client_of):
    assert (await client_of(filled, "140800").get("/v1/things")).json() == {"count": 1}


async def test_who_has_not_said_for_whom_sees_nothing(filled, place):
    connection = await asyncpg.connect(place.url("ledger_svc"))
    assert await connection.fetchval(COUNT) == 0
    await connection.close()


@pytest.mark.parametrize("left_over", ["", None])
async def test_a_pooled_connection_whose_setting_is_empty_sees_nothing(filled, place, left_over):
    """A setting made for one transaction reads as the empty string afterwards, not as unset."""
    connection = await asyncpg.connect(place.url("ledger_svc"))
    async with connection.transaction():
        await connection.execute("select set_config('app.region', '1408', true)")
        assert await connection.fetchval(COUNT) == 3
    assert await connection.fetchval("select current_setting('app.region', true)") == ""
    if left_over is not None:
        await connection.execute("select set_config('app.region', $1, false)", left_over)
    assert await connection.fetchval(COUNT) == 0
    await connection.close()


async def test_one_connection_serves_one_county_after_another(make_app, client_of, filled):
    app = await make_app(pool_size=1)
    city, county, neighbour = (client_of(app, region) for region in ("1408", "140882", "140881"))
    for _ in range(3):
        counts = [(await c.get("/v1/things")).json()["count"] for c in (city, county, neighbour)]
        assert counts == [3, 1, 0]


async def test_a_row_of_another_region_is_refused(app, client_of, owner):
    body = training(region="140802")
    answer = await client_of(app, "140882").put(f"/v1/things/{uuid4()}", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert await owner.fetchval(COUNT) == 0


async def test_a_row_cannot_be_pushed_out_of_sight(filled, place):
    connection = await asyncpg.connect(place.url("ledger_svc"))
    await connection.execute("select set_config('app.region', '140882', false)")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await connection.execute("update ledger_svc.training set region = '140802'")
    await connection.close()


TABLES = """
select c.oid::regclass::text as name, c.relrowsecurity, c.relforcerowsecurity,
    array(select polname::text from pg_policy where polrelid = c.oid order by 1) as policies,
    pg_get_userbyid(c.relowner) as owner
from pg_class as c join pg_attribute as a on a.attrelid = c.oid
where c.relnamespace = $1::regnamespace and c.relkind in ('r', 'p')
    and a.attname = 'region' and not a.attisdropped
order by 1"""


@pytest.fixture
async def everything(new_database):
    """All services migrated in one database, as its owner."""
    connection = await asyncpg.connect(new_database(*SERVICES).owner_url)
    yield connection
    await connection.close()


TOGETHER = ("case_svc.officer", "case_svc.unit")
"""Of whom one inspects with, the public facts are seen beyond one's region (`joint-officers`)."""


@pytest.mark.parametrize("service", SERVICES)
async def test_every_table_with_a_region_is_scoped_and_its_owner_too(everything, service):
    tables = await everything.fetch(TABLES, service)
    assert tables
    loose = [t["name"] for t in tables if not (t["relrowsecurity"] and t["relforcerowsecurity"])]
    assert loose == []
    beside = {t["name"]: tuple(t["policies"]) for t in tables}
    assert {name: has for name, has in beside.items() if has != ("owner", "region")} == (
        dict.fromkeys(TOGETHER, ("owner", "region", "together")) if service == "case_svc" else {}
    )
    assert service not in {t["owner"] for t in tables}


REACHED = """
select table_schema || '.' || table_name || ' ' || privilege_type
from information_schema.role_table_grants
where grantee = $1 and table_schema <> $1
union all
select nspname from pg_namespace
where nspname = any($2) and nspname <> $1 and has_schema_privilege($1, oid, 'usage')"""


@pytest.mark.parametrize("service", SERVICES)
async def test_a_services_role_reaches_nothing_of_another_service(everything, service):
    assert await everything.fetch(REACHED, service, list(SERVICES)) == []


@pytest.mark.parametrize("service", SERVICES)
async def test_a_services_role_is_bound_by_row_security(everything, service):
    role = await everything.fetchrow(
        "select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole from pg_roles where rolname = $1",
        service,
    )
    assert not any(role.values())
