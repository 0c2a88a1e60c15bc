"""The latest steps of the store: what an act is kept with, and schemes drafted at the plant."""

EACH_ACT = """
alter table inspection add column shown_clock text;
alter table inspection add column shown_location text;
alter table inspection add column ended_location text;
alter table signature add column clock text; alter table signature add column location text
"""
"""Clocks and place of showing the certificate and of each signature; the place where a visit ended."""

FINDINGS = """
alter table answer add column about text;
alter table answer add column penalty_basis text;
alter table answer add column criterion text;
alter table inspection add column also_checklists text not null default '[]'
"""
"""Problems with ids of their own: whose item each is, what penalises it; several lists of one visit."""

CALLED_OFF = "alter table inspection add column called_off text"
"""A visit that was not carried out: why, and which scheme it would have carried out."""

SCHEMES = """
create table scheme (
    id text primary key, entity_id text not null, inspection_id text unique, record text not null,
    made_at text not null, drafted_at text,
    pdf_path text
)
"""
"""Inspection schemes drafted here; `inspection_id`: the visit that did not wait for it."""

SIGNED_PAPER = "alter table signature add column signed_paper text"
"""Which photo shows the printed page that somebody signed (已在纸质件签名)."""

PRESENCE = """
alter table inspection add column present_at text;
alter table inspection add column present_clock text;
alter table inspection add column present_location text
"""
"""When and where it was last kept who is there (在场人员)."""

DRAFTS = """
create table draft (
    about text not null, screen text not null, field text not null, value text not null,
    primary key (about, screen, field)
) without rowid
"""
"""What is being written on a screen and belongs to no act yet, by what it is about (an id)."""
