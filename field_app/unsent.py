"""What is only here: letters and files that the office has not signed for, visits not finished."""

from dataclasses import dataclass

from field_app.store import Store

OPEN = ("waiting", "held", "refused")


@dataclass(frozen=True, slots=True)
class Unsent:
    """How many of each, and when the oldest letter was written."""

    letters: int
    files: int
    unfinished: int
    oldest: str | None

    def __bool__(self) -> bool:
        return bool(self.letters or self.files or self.unfinished)

    def words(self) -> str:
        """In a line, for a person; empty when there is nothing."""
        told = (
            (self.letters, "封信件未送达"), (self.files, "个文件未传完"),
            (self.unfinished, "次检查、复查或文书未办完"),
        )  # fmt: skip
        return "，".join(f"{count} {what}" for count, what in told if count)


def unsent_here(store: Store) -> Unsent:
    """Count what would be lost with this device."""
    one = store.db.conn.execute
    letters, oldest = one(
        "select count(*), min(written_at) from letter where state in (?, ?, ?)", OPEN
    ).fetchone()
    (files,) = one("select count(*) from upload where state <> 'sent'").fetchone()
    (unfinished,) = one(
        "select (select count(*) from inspection where ended_at is null)"
        " + (select count(*) from reinspection where reinspected_at is null)"
        " + (select count(*) from document where issued_at is null)"
    ).fetchone()
    return Unsent(letters, files, unfinished, oldest)
