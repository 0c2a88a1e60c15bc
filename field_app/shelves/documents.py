"""Documents (执法文书): composed, numbered, signed, issued. Issued bytes never change."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from field_app.moments import read
from field_app.wire_documents import SignatureBody
from paper.signing import Signature


@dataclass(frozen=True, slots=True)
class Kept:
    """A document on this tablet; a draft (numbered, not issued) while `issued_at` is None.

    `about`: the inspection or re-inspection that it records, or the document that it corrects.
    `number` and `lease_id`: None for what bears no number (笔录). `chosen`: what the officer filled
    in. `part`: "" for a document of which there is one, else its own id. `corrects`: the id of the
    document that it corrects (更正). `shown_at`: when its number was first held before somebody
    to sign; it cannot be used otherwise any more. `proof`: what its QR code says, once issued.
    `instead_of`: the refused letter of the document in whose place this one is made.
    """

    id: str
    about: str
    inspection_id: str
    kind: str
    template: str
    number: str | None
    lease_id: str | None
    chosen: dict[str, Any]
    data: dict[str, Any]
    digest: str
    made_at: str
    issued_at: str | None
    renderer: str | None
    pdf_path: str | None
    pdf_sha256: str | None
    pdf_size: int | None
    shown_at: str | None
    part: str = ""
    corrects: str | None = None
    proof: str | None = None
    instead_of: str | None = None

    @property
    def called(self) -> str:
        """Its number, or "" for what bears none: for a screen or a file's name."""
        return self.number or ""


_COLUMNS = (
    "id, about, inspection_id, kind, template, number, lease_id, chosen, data, digest, made_at, "
    "issued_at, renderer, pdf_path, pdf_sha256, pdf_size, shown_at, part, corrects, "
    "proof, instead_of"
)


def _kept(row: tuple[Any, ...]) -> Kept:
    return Kept(*(*row[:7], json.loads(row[7]), json.loads(row[8]), *row[9:]))


class Documents:
    """Documents and the signatures under them."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def keep(self, row: dict[str, Any]) -> None:
        """A document has been composed and numbered."""
        self._db.table("document").insert(row)

    def change(self, document_id: str, changes: dict[str, Any]) -> None:
        """Set members of a draft. An issued document is not touched."""
        if (kept := self.one(document_id)) is None or kept.issued_at:
            raise RuntimeError("an issued document never changes")
        self._db.table("document").update(document_id, changes)

    def show(self, document_id: str, at: str) -> None:
        """The draft is held before a signer: from now on its number is known outside."""
        with self._db.atomic():
            self._db.conn.execute(
                "update document set shown_at = ? where id = ? and shown_at is null",
                (at, document_id),
            )

    def discard(self, document_id: str) -> None:
        """Forget a draft and its signatures. An issued document is not touched."""
        if (kept := self.one(document_id)) is None or kept.issued_at:
            raise RuntimeError("an issued document never goes away")
        self._db.conn.execute("delete from signature where document_id = ?", (document_id,))
        self._db.conn.execute("delete from document where id = ?", (document_id,))

    def made_since(self, kind: str, since: str) -> int:
        """How many documents of a kind were made since a moment."""
        (count,) = self._db.conn.execute(
            "select count(*) from document where kind = ? and made_at >= ?", (kind, since)
        ).fetchone()
        return int(count)

    def one(self, document_id: str) -> Kept | None:
        """A document, or None."""
        row = self._db.conn.execute(
            f"select {_COLUMNS} from document where id = ?", (document_id,)
        ).fetchone()
        return _kept(row) if row else None

    def about(self, about: str, kind: str) -> Kept | None:
        """The document of this kind about an inspection or re-inspection, the latest; or None."""
        row = self._db.conn.execute(
            f"select {_COLUMNS} from document where about = ? and kind = ? "
            # One that left its place to another stands behind it.
            "order by part = id, made_at desc, rowid desc",
            (about, kind),
        ).fetchone()
        return _kept(row) if row else None

    def of_kind(self, inspection_id: str, kind: str) -> list[Kept]:
        """The documents of a kind about an inspection, in the order in which they were made."""
        return [one for one in self.of_inspection(inspection_id) if one.kind == kind]

    def given_back(self, document_id: str) -> bool:
        """Whether the office refused this document: it stands for nothing until it is sent again."""
        (given,) = self._db.conn.execute(
            "select count(*) > 0 and sum(state in ('waiting', 'held', 'sent')) = 0 from letter "
            "where kind = 'document.issue' and json_extract(body, '$.id') = ?",
            (document_id,),
        ).fetchone()
        return bool(given)

    def corrected(self, document_id: str) -> list[Kept]:
        """The issued documents that correct this one (更正), the earliest first."""
        found = self._db.conn.execute(
            f"select {_COLUMNS} from document where corrects = ? and issued_at is not null "
            "order by issued_at, rowid",
            (document_id,),
        )
        return [_kept(row) for row in found.fetchall()]

    def step_aside(self, document_id: str) -> None:
        """An issued document that the office refused leaves its place to another; it stays as it is."""
        self._db.conn.execute("update document set part = id where id = ?", (document_id,))

    def replacing(self, letter_id: str) -> Kept | None:
        """The document that is made in the place of the one of a refused letter, or None."""
        row = self._db.conn.execute(
            f"select {_COLUMNS} from document where instead_of = ?", (letter_id,)
        ).fetchone()
        return _kept(row) if row else None

    def issued(self, kind: str) -> set[str]:
        """What documents of this kind have been issued about."""
        found = self._db.conn.execute(
            "select about from document where kind = ? and issued_at is not null", (kind,)
        )
        return {about for (about,) in found.fetchall()}

    def issued_of(self, kinds: Sequence[str]) -> list[Kept]:
        """Every issued document of these kinds that the office has not refused, the earliest first."""
        marks = ", ".join("?" * len(kinds))
        found = self._db.conn.execute(
            f"select {_COLUMNS} from document where kind in ({marks}) and issued_at is not null "
            "order by issued_at, rowid",
            tuple(kinds),
        )
        kept = [_kept(row) for row in found.fetchall()]
        return [one for one in kept if not self.given_back(one.id)]

    def of_inspection(self, inspection_id: str) -> list[Kept]:
        """All documents of an inspection, in the order in which they were made."""
        found = self._db.conn.execute(
            f"select {_COLUMNS} from document where inspection_id = ? order by made_at, rowid",
            (inspection_id,),
        )
        return [_kept(row) for row in found.fetchall()]

    def sign(self, document_id: str, signature: SignatureBody) -> None:
        """Keep a signature; the same person's earlier one, of the same page, is replaced."""
        self._db.table("signature").upsert(
            {
                "page": 0,
                **signature,
                "document_id": document_id,
                "strokes": json.dumps(signature["strokes"]),
            }
            | {
                name: json.dumps(said) if (said := signature.get(name)) else None
                for name in ("given_on", "clock", "location")
            },
            pk=("document_id", "role", "name", "page"),
        )

    def keep_cosigned(self, row: dict[str, Any]) -> None:
        """What was signed here for another tablet's document; signing again replaces it."""
        self._db.table("cosigned").upsert(row, pk=("document_id", "digest", "officer"))

    def cosigned(self, document_id: str) -> dict[str, Any] | None:
        """The answer last given here for another tablet's document, or None."""
        row = self._db.conn.execute(
            "select answer from cosigned where document_id = ? order by signed_at desc, rowid desc",
            (document_id,),
        ).fetchone()
        return dict(json.loads(row[0])) if row else None

    def unsign(self, document_id: str) -> None:
        """The content has changed: what was signed for before is gone."""
        with self._db.atomic():
            self._db.conn.execute("delete from signature where document_id = ?", (document_id,))

    def unsign_by(self, document_id: str, role: str, name: str) -> None:
        """One person signs anew, otherwise than before."""
        self._db.conn.execute(
            "delete from signature where document_id = ? and role = ? and name = ?",
            (document_id, role, name),
        )

    def signatures(self, document_id: str) -> list[SignatureBody]:
        """Signatures in the order in which they were given."""
        found = self._db.conn.execute(
            "select role, name, officer_number, signed_at, digest, strokes, refused, given_on, "
            "page, page_digest, clock, location, signed_paper from signature "
            "where document_id = ? order by signed_at, rowid",
            (document_id,),
        )
        return [_signature(row) for row in found.fetchall()]


def _signature(row: tuple[Any, ...]) -> SignatureBody:
    role, name, officer_number, signed_at, digest, strokes, refused, given_on = row[:8]
    page, own, clock, location, signed_paper = row[8:]
    signature: SignatureBody = {
        "role": role,
        "name": name,
        "officer_number": officer_number,
        "signed_at": signed_at,
        "digest": digest,
        "strokes": json.loads(strokes),
        "refused": refused,
    }
    # Said only where it was: an older office takes no more.
    if given_on:
        signature["given_on"] = json.loads(given_on)
    if page:
        signature["page"], signature["page_digest"] = page, own
    if signed_paper:
        signature["signed_paper"] = signed_paper
    if clock:
        signature["clock"] = json.loads(clock)
    if location:
        signature["location"] = json.loads(location)
    return signature


def on_paper(signatures: list[SignatureBody]) -> list[Signature]:
    """Kept signatures as paper takes them."""
    return [
        Signature(
            one["role"],
            one["name"],
            one["officer_number"],
            read(one["signed_at"]),
            one["digest"],
            one["strokes"],
            one["refused"],
            one.get("page", 0),
            one.get("page_digest", ""),
            one.get("signed_paper", ""),
        )
        for one in signatures
    ]
