"""The outbox (发件箱): letters that report, and files that go with them, until the office has them."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlite_utils import Database

from field_app.journal import Journal, linked
from field_app.wire import LetterBody, Problem, Receipt, canonical, fingerprint
from lawbook.letters import CORRECTS


@dataclass(frozen=True, slots=True)
class Letter:
    """One report: state waiting, sent, refused, held (behind a refused one) or replaced.

    `seq`, `prev`, `link`: its place in the journal. The body is empty once retention took it.
    `corrects`: the refused letter that it corrects (更正). `by`: of a replaced one, the one in its place.
    """

    id: str
    subject: str
    kind: str
    body: dict[str, Any]
    sha256: str
    written_at: str
    state: str
    problem: Problem | None
    receipt: Receipt | None
    seq: int
    prev: str
    link: str
    position: int
    corrects: str | None
    by: str | None


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way; `offset` is what the office last said it has."""

    sha256: str
    path: str
    size: int
    media_type: str
    url: str | None
    offset: int
    state: str
    problem: Problem | None


_LETTER = (
    "id, subject, kind, body, sha256, written_at, state, problem, receipt, seq, prev, link, position, "
    "corrects, replaced_by"
)
_UPLOAD = "sha256, path, size, media_type, url, offset, state, problem"


_LANE = (
    "case substr(media_type, 1, instr(media_type, '/') - 1) "
    "when 'application' then 0 when 'image' then 1 when 'audio' then 2 else 3 end"
)


def _letter(row: tuple[Any, ...]) -> Letter:
    problem, receipt = (json.loads(part) if part else None for part in row[7:9])
    return Letter(*(*row[:3], json.loads(row[3]), *row[4:7], problem, receipt, *row[9:]))


def _upload(row: tuple[Any, ...]) -> Upload:
    return Upload(*(*row[:7], json.loads(row[7]) if row[7] else None))


class Outbox:
    """Letters in order per subject; files by their SHA-256."""

    def __init__(self, db: Database, device: Callable[[], str]) -> None:
        self._db, self._device = db, device
        self.journal = Journal(db)

    def write(self, subject: str, kind: str, body: dict[str, Any], at: str) -> str:
        """Queue a letter; its id. Behind a refused letter of its subject it is held at once."""
        letter_id = str(uuid4())
        with self._db.atomic():
            self._insert(letter_id, None, subject, kind, canonical(body).decode(), at)
        return letter_id

    def _insert(
        self, letter_id: str, position: int | None, subject: str, kind: str, body: str, at: str,
        corrects: str | None = None,
    ) -> None:  # fmt: skip
        (last,) = self._db.conn.execute("select coalesce(max(position), 0) from letter").fetchone()
        blocked = position is None and self._blocked(subject)
        seq, prev = self.journal.next_place()
        letter: dict[str, Any] = {
            "id": letter_id,
            "position": position or last + 1,
            "subject": subject,
            "kind": kind,
            "body": body,
            "sha256": fingerprint(json.loads(body)),
            "written_at": at,
            "state": "held" if blocked else "waiting",
            "seq": seq,
            "prev": prev,
            "corrects": corrects,
        }
        letter["link"] = linked(self._device(), letter)
        self._db.table("letter").insert(letter)

    def _blocked(self, subject: str) -> bool:
        return bool(
            self._db.conn.execute(
                "select 1 from letter where subject = ? and state = 'refused'", (subject,)
            ).fetchone()
        )

    def waiting(self, limit: int = 50, after: int = 0) -> list[Letter]:
        """The oldest letters that can go, behind a position; all of them when the limit is negative."""
        found = self._db.conn.execute(
            f"select {_LETTER} from letter where state = 'waiting' and position > ? "
            "order by position limit ?",
            (after, limit),
        )
        return [_letter(row) for row in found.fetchall()]

    def _before(self, letters: Sequence[Letter]) -> dict[str, str | None]:
        """Of each, the letter of its subject that goes before it and is still to be counted on."""
        found = self._db.conn.execute(
            "select here.id, (select id from letter where subject = here.subject "
            "and state <> 'replaced' and position < here.position order by position desc limit 1) "
            "from letter as here where here.id in (select value from json_each(?))",
            (json.dumps([one.id for one in letters]),),
        )
        return dict(found.fetchall())

    def open_letters(self) -> list[Letter]:
        """Every letter that the office has not taken, in the order of the journal."""
        found = self._db.conn.execute(
            f"select {_LETTER} from letter where state in ('waiting', 'held', 'refused') order by seq"
        )
        return [_letter(row) for row in found.fetchall()]

    def on_the_wire(self, letters: Sequence[Letter]) -> list[LetterBody]:
        """Letters as they are sent, by whatever way."""
        journal, before = self.journal.name, self._before(letters)
        return [
            {
                "id": one.id,
                "subject": one.subject,
                "kind": one.kind,
                "written_at": one.written_at,
                "body": one.body,
                "journal": journal,
                "seq": one.seq,
                "prev": one.prev,
                "link": one.link,
                "after": before[one.id],
            }
            for one in letters
        ]

    def receipted(self) -> tuple[int, int]:
        """How many letters there are, and how many of them have a signed receipt."""
        row = self._db.conn.execute(
            "select count(*), count(json_extract(receipt, '$.signature')) from letter"
        ).fetchone()
        return int(row[0]), int(row[1])

    def letters(self) -> list[Letter]:
        """Every letter, oldest first."""
        found = self._db.conn.execute(f"select {_LETTER} from letter order by position, rowid")
        return [_letter(row) for row in found.fetchall()]

    def counts(self) -> dict[str, int]:
        """How many letters are in each state."""
        found = self._db.conn.execute("select state, count(*) from letter group by state")
        return {"waiting": 0, "sent": 0, "refused": 0, "held": 0} | dict(found.fetchall())

    def sent(self, letter_id: str, receipt: Receipt) -> None:
        """The office has it: its receipt names our hash."""
        self._db.conn.execute(
            "update letter set state = 'sent', receipt = ?, problem = null "
            "where id = ? and state = 'waiting'",
            (json.dumps(receipt, ensure_ascii=False), letter_id),
        )

    def refused(self, letter: Letter, problem: Problem, receipt: Receipt | None) -> None:
        """The office refuses it: kept with the reason, and later ones of its subject are held."""
        self._db.conn.execute(
            "update letter set state = 'refused', problem = ?, receipt = ? "
            "where id = ? and state = 'waiting'",
            (
                json.dumps(problem, ensure_ascii=False),
                json.dumps(receipt, ensure_ascii=False) if receipt else None,
                letter.id,
            ),
        )
        self._db.conn.execute(
            "update letter set state = 'held' where subject = ? and state = 'waiting' "
            "and position > (select position from letter where id = ?)",
            (letter.subject, letter.id),
        )

    def noted(self, letter_id: str, problem: Problem) -> None:
        """Why a letter is still waiting, for the officer to read."""
        self._db.conn.execute(
            "update letter set problem = ? where id = ? and state = 'waiting'",
            (json.dumps(problem, ensure_ascii=False), letter_id),
        )

    def one(self, letter_id: str) -> Letter | None:
        """A letter, or None."""
        row = self._db.conn.execute(
            f"select {_LETTER} from letter where id = ?", (letter_id,)
        ).fetchone()
        return _letter(row) if row else None

    def refused_of(self, kind: str, about: str) -> Letter | None:
        """The refused letter of a kind whose body has this id, or None."""
        row = self._db.conn.execute(
            f"select {_LETTER} from letter where state = 'refused' and kind = ? "
            "and json_extract(body, '$.id') = ?",
            (kind, about),
        ).fetchone()
        return _letter(row) if row else None

    def correct(self, letter_id: str, body: dict[str, Any], at: str) -> str | None:
        """Put a corrected letter in a refused one's place (更正); it names the old one, in its body
        too, so that the chain and the office's receipt speak for it. None when it was not refused.
        """
        return self.send_again(letter_id, at, body | {CORRECTS: letter_id}, corrects=letter_id)

    def write_anew(self, letter_id: str, body: dict[str, Any], at: str) -> str:
        """Put a corrected letter in the place of one that is held; in the transaction of the act.

        The office has kept nothing of what it was told to hold.
        """
        (position, subject, kind) = self._db.conn.execute(
            "select position, subject, kind from letter where id = ? and state = 'held'",
            (letter_id,),
        ).fetchone()
        fresh = str(uuid4())
        self._replaced(letter_id, fresh)
        text = canonical(body | {CORRECTS: letter_id}).decode()
        self._insert(fresh, position, subject, kind, text, at, letter_id)
        self._db.conn.execute("update letter set state = 'held' where id = ?", (fresh,))
        return fresh

    def _replaced(self, letter_id: str, by: str) -> None:
        self._db.conn.execute(
            "update letter set state = 'replaced', replaced_by = ? where id = ?", (by, letter_id)
        )

    def send_again(
        self, letter_id: str, at: str, body: dict[str, Any] | None = None,
        corrects: str | None = None,
    ) -> str | None:  # fmt: skip
        """Put a refused letter into the queue anew: a new letter in the old one's place.

        The old one is kept. Letters held behind it may go again. None when it was not refused.
        """
        with self._db.atomic():
            row = self._db.conn.execute(
                "select position, subject, kind, body from letter where id = ? "
                "and state = 'refused'",
                (letter_id,),
            ).fetchone()
            if row is None:
                return None
            position, subject, kind, text = row
            if body is not None:
                text = canonical(body).decode()
            fresh = str(uuid4())
            self._replaced(letter_id, fresh)
            self._insert(fresh, position, subject, kind, text, at, corrects)
            if not self._blocked(subject):
                self._db.conn.execute(
                    "update letter set state = 'waiting' where subject = ? and state = 'held'",
                    (subject,),
                )
        return fresh

    def offer_again(self) -> None:
        """Let everything that was sent go once more: the office was restored from a backup.

        What it still has it answers as before; what it lost it takes anew. Receipts stay until then.
        A letter whose body retention took has been at the office for longer than any backup is old.
        """
        with self._db.atomic():
            self._db.conn.execute(
                "update letter set state = 'waiting' where state = 'sent' and emptied_at is null"
            )
            self._db.conn.execute(
                "update upload set state = 'waiting', url = null, offset = 0 where state = 'sent'"
            )

    def add_upload(self, sha256: str, path: str, size: int, media_type: str, at: str) -> None:
        """Queue a file. The same bytes are sent once."""
        self._db.conn.execute(
            "insert into upload (sha256, path, size, media_type, offset, queued_at, state) "
            "values (?, ?, ?, ?, 0, ?, 'waiting') on conflict (sha256) do nothing",
            (sha256, path, size, media_type, at),
        )

    def uploads(self, state: str | None = None) -> list[Upload]:
        """Files in their lanes: documents, then photos, sound, video; in each the smaller first."""
        where = " where state = :state" if state else ""
        found = self._db.conn.execute(
            f"select {_UPLOAD} from upload{where} order by {_LANE}, size, sha256",
            {"state": state} if state else {},
        )
        return [_upload(row) for row in found.fetchall()]

    def upload_at(self, sha256: str, url: str | None, offset: int) -> None:
        """Where a file is being sent, and how much of it the office has."""
        with self._db.atomic():
            self._db.conn.execute(
                "update upload set url = ?, offset = ?, problem = null where sha256 = ?",
                (url, offset, sha256),
            )

    def upload_done(self, sha256: str, receipt: dict[str, Any]) -> None:
        """The office has the whole file."""
        with self._db.atomic():
            self._db.conn.execute(
                "update upload set state = 'sent', offset = size, receipt = ?, problem = null "
                "where sha256 = ?",
                (json.dumps(receipt, ensure_ascii=False), sha256),
            )

    def file_receipts(self) -> list[dict[str, Any]]:
        """What the office said of the files that it has, in the order of their hashes."""
        found = self._db.conn.execute(
            "select receipt from upload where receipt is not null order by sha256"
        )
        return [json.loads(told) for (told,) in found.fetchall()]

    def upload_refused(self, sha256: str, problem: Problem) -> None:
        """The office will not take the file; it stays here with the reason."""
        with self._db.atomic():
            self._db.conn.execute(
                "update upload set state = 'refused', problem = ? where sha256 = ?",
                (json.dumps(problem, ensure_ascii=False), sha256),
            )

    def upload_again(self, sha256: str) -> None:
        """Try a refused file once more, from its beginning."""
        with self._db.atomic():
            self._db.conn.execute(
                "update upload set state = 'waiting', url = null, offset = 0, problem = null "
                "where sha256 = ? and state = 'refused'",
                (sha256,),
            )
