"""A file that comes in one piece: begun by one call, whole by another, each a transaction by itself."""

from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

SCOPE = "perform set_config('app.region', for_region, true), set_config('app.officer', for_officer, true)"


def upgrade() -> None:
    op.execute("set local lock_timeout = '5s'")
    # Both run in the caller's role: row-level security decides here as everywhere.
    op.execute(f"""
        create function case_svc.begin_upload(
            for_region text, for_officer text, new_id uuid, for_account text, hash text,
            bytes bigint, media text, until timestamptz, ended_before timestamptz, at_most integer,
            out made boolean, out given_up uuid[]
        ) language plpgsql as $$
        begin
            {SCOPE};
            given_up := array(
                select id from case_svc.upload
                where completed_at is null and expires_at < ended_before limit at_most
            );
            made := not exists (
                select from case_svc.upload
                where sha256 = hash and size = bytes and completed_at is not null
            );
            if made then
                insert into case_svc.upload
                    (id, region, account, sha256, size, media_type, "offset", expires_at)
                values (new_id, for_region, for_account, hash, bytes, media, 0, until)
                on conflict do nothing;
                made := found;
            end if;
        end $$""")
    op.execute(f"""
        create function case_svc.complete_upload(
            for_region text, for_officer text, key bigint, of uuid, hash text, bytes bigint,
            media text, at timestamptz
        ) returns boolean language plpgsql as $$
        begin
            {SCOPE};
            perform pg_advisory_xact_lock(key);
            if exists (
                select from case_svc.evidence
                where sha256 = hash and size = bytes and received_at is null
            ) or media = 'application/pdf' and exists (
                select from case_svc.document
                where pdf_sha256 = hash and pdf_size = bytes and pdf_received_at is null
            ) then
                return false;
            end if;
            update case_svc.upload set "offset" = size, completed_at = at where id = of;
            return true;
        end $$""")


def downgrade() -> None:
    op.execute("drop function case_svc.complete_upload")
    op.execute("drop function case_svc.begin_upload")
