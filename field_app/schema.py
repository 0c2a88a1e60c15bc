"""The tables of the tablet's store, and the steps that bring an older one up to date.

A step is never edited once a tablet has run it: add another.
"""

import sqlite3
from collections.abc import Callable

from sqlite_utils import Database

from field_app.schema_acts import (
    CALLED_OFF,
    DRAFTS,
    EACH_ACT,
    FINDINGS,
    PRESENCE,
    SCHEMES,
    SIGNED_PAPER,
)
from field_app.schema_journal import keep_a_journal
from field_app.shelves.finder import build

FIRST = """
create table setting (key text primary key, value text not null);
create table cursor (
    dataset text primary key, next text not null, rows integer not null, pulled_at text not null
);
create table mirror (
    dataset text not null, id text not null, title text not null, body text not null,
    primary key (dataset, id)
);
create index mirror_title on mirror (dataset, title);
create table pack (
    kind text not null, code text not null, version text not null, sha256 text not null,
    body text not null, primary key (kind, code, version)
);
create table lease (
    id text primary key, document text not null, year integer not null, count integer not null,
    unit text, first integer, last integer, next integer, pattern text, asked_at text not null
);
create table inspection (
    id text primary key, entity_id text not null, scheme_id text unique,
    planned_inspection_id text, ground text, region text not null, checklist text not null,
    officers text not null, place text not null, present text not null, location text,
    started_at text not null, ended_at text, outcome text
);
create table answer (
    inspection_id text not null references inspection, item text not null, answer text not null,
    remark text not null, answered_at text not null, finding_id text, description text,
    basis text, correct_by text, major integer, primary key (inspection_id, item)
);
create table evidence (
    id text primary key, inspection_id text not null references inspection, check_item text,
    sha256 text not null, size integer not null, media_type text not null, path text not null,
    caption text not null, captured_at text not null, location text,
    unique (inspection_id, sha256)
);
create table reinspection (
    id text primary key, inspection_id text not null, officers text not null,
    results text not null, started_at text not null, reinspected_at text
);
create unique index one_open_reinspection on reinspection (inspection_id)
    where reinspected_at is null;
create table document (
    id text primary key, about text not null, inspection_id text not null, kind text not null,
    template text not null, number text not null unique, lease_id text not null references lease,
    chosen text not null, data text not null, digest text not null, made_at text not null,
    issued_at text, renderer text, pdf_path text, pdf_sha256 text, pdf_size integer,
    unique (about, kind)
);
create table signature (
    document_id text not null references document, role text not null, name text not null,
    officer_number text, signed_at text not null, digest text not null, strokes text not null,
    primary key (document_id, role, name)
);
create table record (
    id text primary key, kind text not null, body text not null, kept_at text not null
);
create table letter (
    id text primary key, position integer not null, subject text not null, kind text not null,
    body text not null, sha256 text not null, written_at text not null,
    state text not null check (state in ('waiting', 'sent', 'refused', 'held', 'replaced')),
    problem text, receipt text, replaced_by text
);
create index letter_order on letter (subject, position);
create index letter_waiting on letter (position) where state = 'waiting';
create table upload (
    sha256 text primary key, path text not null, size integer not null, media_type text not null,
    url text, offset integer not null, queued_at text not null,
    state text not null check (state in ('waiting', 'sent', 'refused')), problem text, receipt text
);
"""


def at_the_plant(db: Database) -> None:
    """Plants can be found; an inspection knows its ground, who was there and the certificate."""
    build(db)
    for statement in (
        "alter table inspection add column ground_kind text",
        "alter table inspection add column also_present text not null default '[]'",
        "alter table inspection add column certificate_shown_at text",
        "create index mirror_entity on mirror (dataset, json_extract(body, '$.entity_id'))",
    ):
        db.conn.execute(statement)


NUMBERS = """
alter table lease add column returned_at text;
alter table document add column shown_at text;
update document set shown_at = made_at
    where exists (select 1 from signature where document_id = document.id);
create table spare (
    lease_id text not null references lease, sequence integer not null,
    primary key (lease_id, sequence)
);
"""

DOCUMENTS = """
create table document_anew (
    id text primary key, about text not null, inspection_id text not null, kind text not null,
    template text not null, number text unique, lease_id text references lease,
    chosen text not null, data text not null, digest text not null, made_at text not null,
    issued_at text, renderer text, pdf_path text, pdf_sha256 text, pdf_size integer,
    shown_at text, part text not null default '', corrects text, unique (about, kind, part),
    check ((number is null) = (lease_id is null))
);
insert into document_anew select id, about, inspection_id, kind, template, number, lease_id, chosen,
    data, digest, made_at, issued_at, renderer, pdf_path, pdf_sha256, pdf_size, shown_at, '', null
    from document order by rowid;
create table signature_anew (
    document_id text not null references document_anew, role text not null, name text not null,
    officer_number text, signed_at text not null, digest text not null, strokes text not null,
    refused text, primary key (document_id, role, name)
);
insert into signature_anew select document_id, role, name, officer_number, signed_at, digest,
    strokes, null from signature order by rowid;
drop table signature;
drop table document;
alter table document_anew rename to document;
alter table signature_anew rename to signature;
create index document_of_inspection on document (inspection_id)
"""
"""Documents without a number, several of a kind, corrections, refusals to sign."""

BUNDLES = (
    "create table held_grant (token text primary key, since text not null, until text not null)",
    """create table bundle (
        sha256 text primary key, reply_key text not null, purpose text not null,
        letters integer not null, holds text not null, made_at text not null, answered_at text,
        closed_at text
    )""",
    "create table departed (entity_id text primary key, left_at text not null, erased_at text)",
    "drop trigger letter_keeps_its_body",
    """create trigger letter_keeps_its_body before update of body, emptied_at on letter
        when new.emptied_at is null or new.body <> '{}' or (old.receipt is null and not (
            old.state = 'replaced' and exists (
                select 1 from letter as later where later.id = old.replaced_by
                and (later.receipt is not null or later.emptied_at is not null)
            )
        ))
        begin select raise(abort, 'a body goes only by retention, with a receipt'); end""",
)


def bundles(db: Database) -> None:
    """Grants that letters rest on, bundles that were made, plants that have left one's sight.

    A refused letter that was sent anew goes with the one that took its place.
    """
    for statement in BUNDLES:
        db.conn.execute(statement)
    if sqlite3.sqlite_version_info >= (3, 42):
        # What is deleted from the full-text index is not to be found in its pages either.
        db.conn.execute("insert into plant_words (plant_words, rank) values ('secure-delete', 1)")


PROOFS = "alter table document add column proof text"
"""What the QR code of an issued document says."""

PROPOSALS = """
create table proposal (
    id text primary key, entity_id text not null, field text not null, old_value text not null,
    new_value text not null, source text not null, written_at text not null
);
create index proposal_entity on proposal (entity_id);
alter table inspection add column proposed text not null default '[]'
"""
"""What was found for the ledger; an inspection knows which fields it began on the strength of."""

TOGETHER = """
alter table inspection add column led_by text;
alter table inspection add column shared_at text;
create table patch (
    id text primary key, inspection_id text not null, item text not null, fields text not null,
    officer text not null, device text not null, answered_at text not null,
    told integer not null default 0
);
create index patch_of_item on patch (inspection_id, item);
create index patch_untold on patch (inspection_id) where told = 0;
alter table signature add column given_on text;
create table cosigned (
    document_id text not null, entity_id text not null, officer text not null,
    name text not null, number text not null, digest text not null,
    data text not null, answer text not null, signed_at text not null,
    primary key (document_id, digest, officer)
)
"""
"""Visits that several officers work on: what each said, and whose tablet ends it."""

CLOCKS = """
alter table inspection add column begun_clock text;
alter table answer add column clock text;
alter table evidence add column clock text
"""
"""The device's clocks when a visit began, an item was answered, a photo was taken."""

ONE_TREE = """
create table setting_anew (key text primary key, value text not null) without rowid;
insert into setting_anew select key, value from setting;
drop table setting;
alter table setting_anew rename to setting;
create table answer_anew (
    inspection_id text not null references inspection, item text not null, answer text not null,
    remark text not null, answered_at text not null, finding_id text, description text,
    basis text, correct_by text, major integer, clock text, primary key (inspection_id, item)
) without rowid;
insert into answer_anew select inspection_id, item, answer, remark, answered_at, finding_id,
    description, basis, correct_by, major, clock from answer;
drop table answer;
alter table answer_anew rename to answer;
create table patch_anew (
    id text not null, inspection_id text not null, item text not null, fields text not null,
    officer text not null, device text not null, answered_at text not null,
    told integer not null default 0, primary key (inspection_id, item, id)
) without rowid;
insert into patch_anew select id, inspection_id, item, fields, officer, device, answered_at, told
    from patch;
drop table patch;
alter table patch_anew rename to patch;
alter table inspection add column untold integer not null default 0;
update inspection set untold = 1
    where exists (select 1 from patch where inspection_id = inspection.id and told = 0)
"""
"""What is said of an item lies in one tree, by visit and item: an answer writes half the pages.

`inspection.untold`: whether any of its patches is told by no letter yet.
"""

FINDERS_OWN = """
drop index mirror_title;
drop index mirror_entity;
create index mirror_title on mirror (dataset, title) where dataset <> 'entities';
create index mirror_entity on mirror (dataset, json_extract(body, '$.entity_id'))
    where dataset <> 'entities'
"""
"""Plants are found by the finder's tables, not by the indexes of the mirror's other rows."""

CORRECTIONS = """
alter table letter add column corrects text;
alter table document add column instead_of text
"""
"""A letter names the refused one that it corrects; a document the refused letter of the one it replaces."""

COVERED = "alter table bundle add column covers text"
"""Which letters and files a sealed bundle holds: what is new is sealed beside it."""

PAGES = """
create table signature_anew (
    document_id text not null references document, role text not null, name text not null,
    officer_number text, signed_at text not null, digest text not null, strokes text not null,
    refused text, given_on text, page integer not null default 0, page_digest text,
    primary key (document_id, role, name, page)
);
insert into signature_anew select document_id, role, name, officer_number, signed_at, digest,
    strokes, refused, given_on, 0, null from signature order by rowid;
drop table signature;
alter table signature_anew rename to signature
"""
"""A person may sign every page of a document (逐页签名); nought is the whole."""

PLANT_OF_REINSPECTION = """
alter table reinspection add column entity_id text;
update reinspection set entity_id = coalesce(
    (select entity_id from inspection where id = reinspection.inspection_id),
    (select json_extract(body, '$.entity_id') from mirror where dataset = 'hazards'
        and json_extract(body, '$.inspection_id') = reinspection.inspection_id limit 1)
);
create index reinspection_of_plant on reinspection (entity_id)
"""
"""A re-inspection knows its plant: of a visit by another tablet nothing else here does."""

Step = str | Callable[[Database], None]
"""Statements between semicolons, or what needs more than SQL."""
STEPS: tuple[Step, ...] = (
    FIRST, at_the_plant, keep_a_journal, NUMBERS, DOCUMENTS, bundles, PROOFS, PROPOSALS,
    TOGETHER, CLOCKS, ONE_TREE, FINDERS_OWN, CORRECTIONS, COVERED, PAGES,
    PLANT_OF_REINSPECTION, EACH_ACT, SCHEMES, FINDINGS, SIGNED_PAPER, PRESENCE, CALLED_OFF,
    DRAFTS,
)  # fmt: skip


def bring_up_to_date(db: Database) -> None:
    """Run the steps that this store has not seen, each whole or not at all."""
    (done,) = db.conn.execute("pragma user_version").fetchone()
    for number, step in enumerate(STEPS[done:], start=done + 1):
        with db.atomic():
            _run(db, step)
            db.conn.execute(f"pragma user_version = {number}")


def _run(db: Database, step: Step) -> None:
    if callable(step):
        step(db)
        return
    for statement in step.split(";"):
        if statement.strip():
            db.conn.execute(statement)
