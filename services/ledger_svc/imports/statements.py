"""The SQL of an import: what PostgreSQL does with a hundred thousand rows better than Python."""

# A connection keeps its plans; one made while the ledger was empty would read all of it for each row.
PLAN_ANEW = "set local plan_cache_mode = force_custom_plan"

# Nobody has counted the staged rows yet: PostgreSQL takes them for few and would, for each chunk,
# fetch all that are left and sort them on disk. Its index gives them in order.
TAKE_IN_ORDER = "set local enable_sort = off"

ARRIVING = """
create temporary table arriving (
    row int, region text, name text, name_key text, credit_code text, division_code text,
    trades text[], op_status text, values jsonb
) on commit drop"""

STAGE = """
insert into ledger_svc.import_row
    (import_id, row, region, name, name_key, credit_code, division_code, trades, op_status, values)
select $1, row, region, name, name_key, credit_code, division_code, trades, op_status, values
from arriving"""

# Which codes are held by plants that the caller may not see; the function tells of a code only that.
REGISTERED_ELSEWHERE = """
select staged.row from ledger_svc.import_row as staged
where staged.import_id = $1 and staged.credit_code = any (
    select split_part(holder, '=', 1) from ledger_svc.holders_of_codes(
        (select array_agg(credit_code) from ledger_svc.import_row where import_id = $1)) as holder
    except select credit_code from ledger_svc.entity where credit_code is not null)"""

SAME_NAME_OTHER_CODE = """
select staged.row, known.credit_code as known
from ledger_svc.import_row as staged
join ledger_svc.entity as known
    on known.region = staged.region and known.name_key = staged.name_key
    and known.credit_code <> staged.credit_code
where staged.import_id = $1
    and not exists (select from ledger_svc.entity as own where own.credit_code = staged.credit_code)"""

COUNT = """
select count(*) filter (where known.id is null) as new,
    count(*) filter (where known.values || staged.values is distinct from known.values) as changed,
    count(*) filter (where known.values || staged.values = known.values) as unchanged
from ledger_svc.import_row as staged
left join ledger_svc.entity as known on known.credit_code = staged.credit_code
where staged.import_id = $1"""

# One statement: the rows, then their block of positions, then their changes. The counter is taken
# last and held until the commit that follows at once (see migrations/feed.py). The CTEs are joined
# with nothing: PostgreSQL guesses one row for each and would compare every row with every other.
# A row whose region changes has another division among its values, so it is always among `entered`.
APPLY = """
with chunk as materialized (
    select * from ledger_svc.import_row
    where import_id = $1 and row > $2
    order by row limit $3
), moved as materialized (
    select known.id, known.region
    from chunk join ledger_svc.entity as known on known.credit_code = chunk.credit_code
    where known.region <> chunk.region
), entered as (
    insert into ledger_svc.entity as known (id, region, name, name_key, credit_code, division_code,
        trades, op_status, values, missing, dictionary)
    select gen_random_uuid(), region, name, name_key, credit_code, division_code, trades, op_status,
        values, '{}', $4 from chunk
    on conflict (credit_code) do update set
        region = excluded.region, name = excluded.name, name_key = excluded.name_key,
        division_code = excluded.division_code, trades = excluded.trades,
        op_status = excluded.op_status, values = known.values || excluded.values,
        missing = '{}', dictionary = excluded.dictionary, version = known.version + 1, changed_at = now()
    where known.values || excluded.values is distinct from known.values
    returning id, region, version
), told as materialized (
    select id, region, case when version = 1 then 'entity.entered' else 'entity.changed' end as kind
    from entered
    union all
    select id, region, 'entity.left' from moved
), place as (
    update ledger_svc.feed_counter set last = last + (select count(*) from told)
    where exists (select from told) returning last - (select count(*) from told) as before
), announced as (
    insert into ledger_svc.change (position, kind, subject, region, officer, body)
    select (select before from place) + row_number() over (), kind, id::text, region, $5, '{}'
    from told
    returning 1
)
select (select max(row) from chunk) as through, (select count(*) from announced) as announced"""
