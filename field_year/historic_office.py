"""Historic bugs at the office. Each function swaps our code for what others once shipped."""

from typing import Any

from sqlalchemy import text

from field_year import network
from field_year.historic_tablet import Swap
from services.case_svc.deliveries import commands as deliveries
from services.case_svc.deliveries import lent as door
from services.case_svc.files import commands as files
from services.case_svc.files import tus
from services.kit.letters import NotKnownYet
from services.kit.pulls import Pull

NO_CONSTRAINTS = """
do $$ declare one record; begin
    for one in select conrelid::regclass as place, conname from pg_constraint
        where contype in ('p', 'u') and conrelid::regclass::text in ('case_svc.letter',
            'case_svc.inspection', 'case_svc.evidence', 'case_svc.document', 'case_svc.hazard',
            'case_svc.reinspection')
    loop execute format('alter table %s drop constraint %I cascade', one.place, one.conname);
    end loop;
end $$
"""
"""Uniqueness is left to the program."""

_EARLY = """
alter table {0}.feed_counter rename to counter;
create sequence {0}.early;
select setval('{0}.early', (select greatest(last, 1) from {0}.counter));
create function {0}.number_early() returns trigger language plpgsql as $$
begin new.position := nextval('{0}.early'); return new; end $$;
drop trigger number_change on {0}.change;
create trigger number_early before insert on {0}.change for each row
    when (new.position is null) execute function {0}.number_early();
create view {0}.feed_counter as
    select single, (select coalesce(max(position), 0) from {0}.change) as last, epoch
    from {0}.counter;
grant select on {0}.feed_counter to {0};
grant usage on sequence {0}.early to {0};
"""
EARLY_POSITIONS = _EARLY.format("ledger_svc") + _EARLY.format("case_svc")
"""A change gets its place when it is written, as a sequence gives it, and not when it commits."""

NO_REGIONS = """
alter table ledger_svc.entity disable row level security;
alter table ledger_svc.officer disable row level security
"""
"""The region is a filter of the screen, not of the data."""


def no_lock(swap: Swap) -> None:
    """Letters of one tablet are done side by side; whether one is known is looked up before.

    On a network that likes to send twice at once, since that alone shows it.
    """
    swap(network, "KINDS", (*network.KINDS, *(network.TWICE,) * 4))
    swap(deliveries, "BEGIN", text("select now(), cast(:device as text)"))


def replay_not_recognised(swap: Swap) -> None:
    """A letter that comes again is a new one."""

    honest = deliveries._Desk._recall

    async def recall(self: Any) -> None:  # noqa: ANN401
        await honest(self)
        for letter in self.letters:
            self.known.pop(letter.id, None)

    swap(deliveries._Desk, "_recall", recall)


def not_rehashed(swap: Swap) -> None:
    """The office believes what it is told of a file."""
    honest = files.Uploads._complete
    said: dict[Any, str] = {}

    async def complete(self: Any, row: Any, path: Any, handle: int, *_: Any) -> Any:  # noqa: ANN401
        said[path] = row.sha256
        return await honest(self, row, path, handle)

    swap(files.Uploads, "_complete", complete)
    swap(files, "hash_file", lambda path: (said[path], path.stat().st_size))
    swap(tus, "checksum", lambda request: None)


def out_of_order_dropped(swap: Swap) -> None:
    """What rests on something unknown is answered and forgotten."""
    honest = deliveries._Desk._do

    async def do(self: Any, letter: Any) -> None:  # noqa: ANN401
        try:
            await honest(self, letter)
        except NotKnownYet:
            return

    swap(deliveries._Desk, "_do", do)


def coarse_timestamps(swap: Swap) -> None:
    """The cursor is a time. Time passes faster here, so a second stands for a millisecond."""

    def changed(self: Pull) -> str:
        at = f"(select date_trunc('second', made_at) from {self.schema}.change where position = $1)"
        honest = type(self).honest.fget(self)  # type: ignore[attr-defined]
        return str(honest).replace(
            "position > $1",
            f"date_trunc('second', made_at) > coalesce({at}, '-infinity') and $1 is not null",
        )

    Pull.honest = Pull.__dict__["changed"]  # type: ignore[attr-defined]
    swap(Pull, "changed", property(changed))


def answer_before_commit(swap: Swap) -> None:
    """The answer leaves first; the commit comes with the next delivery, unless there is none, or the
    process has died in between.
    """
    honest = deliveries.deliver
    later: list[tuple[tuple[Any, ...], bool]] = []

    class Undone(Exception):
        pass

    async def deliver(database: Any, claims: Any, *given: Any, lent: bool = False) -> Any:  # noqa: ANN401
        if later:
            before, lent_before = later.pop()
            if before[0] is database:
                await honest(*before, lent=lent_before)
        verdicts: Any = None
        try:
            async with database.transaction(claims) as session:
                verdicts = await deliveries._Desk(session, claims, *given, lent=lent).work()
                raise Undone
        except Undone:
            later.append(((database, claims, *given), lent))
        return verdicts

    swap(door, "do", deliver)
