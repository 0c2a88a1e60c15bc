"""Historic bugs on the tablet. Each function swaps our code for what others once shipped."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx

from field_app import delivery, refresh, schema, store, tus
from field_app.actions import sign_in as signing
from field_app.answers import Unknown
from field_app.shelves.leases import Leases, NoNumbersLeft, Taken
from field_app.shelves.mirror import Mirror
from field_app.shelves.outbox import Outbox
from field_app.wire import canonical
from lawbook.refusal import Refusal

Swap = Callable[[Any, str, Any], None]


def new_id_after_silence(swap: Swap) -> None:
    """Silence is taken for failure, and what failed is written anew."""
    honest = delivery._send

    async def send(store: Any, office: Any, batch: Any, *given: Any) -> None:  # noqa: ANN401
        try:
            await honest(store, office, batch, *given)
        except Unknown:
            with store.atomic():
                for letter in batch:
                    fresh = str(uuid4())
                    store.db.conn.execute(
                        "update letter set state = 'replaced', replaced_by = ? where id = ?",
                        (fresh, letter.id),
                    )
                    body = canonical(letter.body | {"id": str(uuid4())}).decode()
                    store.outbox._insert(
                        fresh, None, letter.subject, letter.kind, body, letter.written_at
                    )
            raise

    swap(delivery, "_send", send)


def success_on_half_an_answer(swap: Swap) -> None:
    """Whatever comes back, it is shown as sent."""
    honest = delivery._send

    async def send(store: Any, office: Any, batch: Any, *given: Any) -> None:  # noqa: ANN401
        try:
            await honest(store, office, batch, *given)
        except Unknown:
            with store.atomic():
                for letter in batch:
                    store.outbox.sent(letter.id, {"letter": letter.id, "sha256": letter.sha256})
            given[0].sent += len(batch)

    swap(delivery, "_send", send)


def one_bad_letter_blocks(swap: Swap) -> None:
    """A refusal ends the delivery, and nothing of it is noted."""
    honest = delivery.settle

    def settle(store: Any, letter: Any, verdict: Any, *given: Any) -> None:  # noqa: ANN401
        if verdict.get("state") == "rejected":
            raise Refusal("送出失败")
        honest(store, letter, verdict, *given)

    swap(delivery, "settle", settle)


def refused_deleted(swap: Swap) -> None:
    """What the office refuses is thrown away."""

    def refused(self: Any, letter: Any, *given: Any) -> None:  # noqa: ANN401
        self._db.conn.execute("drop trigger if exists letter_stays")
        self._db.conn.execute("delete from letter where id = ?", (letter.id,))

    swap(Outbox, "refused", refused)


def switch_deletes_unsent(swap: Swap) -> None:
    """Another person's sign-in begins with an empty outbox."""
    honest = signing.sign_in

    async def sign_in(store: Any, *given: Any, **more: Any) -> Any:  # noqa: ANN401
        before = store.setting("me")
        me = await honest(store, *given, **more)
        if before and before["account"] != me["account"]:
            store.db.conn.execute("drop trigger if exists letter_stays")
            store.db.conn.execute("delete from letter where state = 'waiting'")
        return me

    swap(signing, "sign_in", sign_in)


def pull_overwrites_draft(swap: Swap) -> None:
    """A plant that is pulled anew brings the visit at it back to what the office knows of it."""
    honest = Mirror.apply

    def apply(self: Any, dataset: str, rows: Any, *given: Any, **more: Any) -> None:  # noqa: ANN401
        rows = list(rows)
        with self._db.atomic():
            honest(self, dataset, rows, *given, **more)
            for row in rows if dataset == "entities" else []:
                # What was said, too: answers alone would come back from it.
                for said in ("answer", "patch"):
                    self._db.conn.execute(
                        f"delete from {said} where inspection_id in ("
                        "select id from inspection where ended_at is null and entity_id = ?)",
                        (row["id"],),
                    )

    swap(Mirror, "apply", apply)


def scope_not_back_filled(swap: Swap) -> None:
    """The cursor of the old region goes on in the new one."""
    swap(Mirror, "forget_places", lambda self: None)


def left_scope_stays(swap: Swap) -> None:
    """Tombstones are not read."""
    honest = Mirror.apply

    def apply(self: Any, dataset: str, rows: Any, *given: Any, **more: Any) -> None:  # noqa: ANN401
        honest(self, dataset, [row for row in rows if not row.get("removed")], *given, **more)

    swap(Mirror, "apply", apply)


def number_reused(swap: Swap) -> None:
    """How far a lease is used up is kept in memory."""
    memory: dict[tuple[int, str], int] = {}

    def take(self: Any, document: str, year: int, unit: str) -> Taken:  # noqa: ANN401
        for lease, pattern, first, last in self._db.conn.execute(
            "select id, pattern, next, last from lease where document = ? and year = ? "
            "and unit = ? and returned_at is null order by first",
            (document, year, unit),
        ).fetchall():
            number = memory.get((id(self._db), lease), first)
            if number <= last:
                memory[id(self._db), lease] = number + 1
                return Taken(lease, unit, pattern, year, number)
        raise NoNumbersLeft

    swap(Leases, "take", take)


def no_trailer(swap: Swap) -> None:
    """The lines that came count as all of them; the cursor is known from elsewhere."""
    honest = refresh._stream

    async def stream(office: Any, dataset: str, after: str | None) -> Any:  # noqa: ANN401
        rows: list[dict[str, Any]] = []
        try:
            params = {"after": after} if after else None
            async with office.stream("GET", f"/v1/pulls/{dataset}", params=params) as answer:
                async for line in answer.aiter_lines():
                    rows.append(json.loads(line))
        except (httpx.TransportError, httpx.StreamError, ValueError):
            pass
        whole = await honest(office, dataset, after)
        if whole is None or not rows or "code" in rows[0]:
            return whole
        return [row for row in rows if row.get("end") is not True], whole[1]

    swap(refresh, "_stream", stream)


def file_not_confirmed(swap: Swap) -> None:
    """A file that was handed to the network counts as sent."""
    honest = tus.send

    async def send(store: Any, office: Any, upload: Any, together: Any) -> bool:  # noqa: ANN401
        try:
            return await honest(store, office, upload, together)
        except Unknown:
            store.outbox.upload_done(upload.sha256, {"sha256": upload.sha256})
            return True

    swap(tus, "send", send)


def upgrade_drops_unsent(swap: Swap) -> None:
    """The new version begins with a clean outbox."""
    honest = schema.bring_up_to_date

    def bring_up_to_date(db: Any) -> None:  # noqa: ANN401
        (before,) = db.conn.execute("pragma user_version").fetchone()
        honest(db)
        if 0 < before < len(schema.STEPS):
            db.conn.execute("drop trigger if exists letter_stays")
            db.conn.execute("delete from letter where state = 'waiting'")

    swap(store, "bring_up_to_date", bring_up_to_date)
