"""The two statements of a file that comes in one piece, as asyncpg takes them.

Each is one round trip; what is rarer than a photo that is new goes by SQLAlchemy (`commands.py`).
"""

BEGIN = """
with here as (
    select from case_svc.upload
    where sha256 = $4 and size = $5 and completed_at is not null
),
made as (
    insert into case_svc.upload (id, region, account, sha256, size, media_type, "offset", expires_at)
    select $1, $2, $3, $4, $5, $6, 0, $7 where not exists (select from here)
    on conflict do nothing returning id
)
select
    exists (select from made) as made,
    array(
        select id from case_svc.upload where completed_at is null and expires_at < $8 limit $9
    ) as given_up
"""
"""An upload begun: id, region, account, sha256, size, media type, its end; and of those that ended
before $8, $9 at most. `made` is false when the region has the file already, or the id is taken.
"""

COMPLETE = """
with done as (
    update case_svc.upload set "offset" = size, completed_at = $2 where id = $1
    returning sha256, size, media_type
)
select exists (
    select from done join case_svc.evidence using (sha256, size) where received_at is null
) or exists (
    select from done
    join case_svc.document on pdf_sha256 = sha256 and pdf_size = size
    where done.media_type = 'application/pdf' and pdf_received_at is null
) as awaited
"""
"""An upload whole at $2; whether evidence or a document waits for it. Under the lock of its hash."""
