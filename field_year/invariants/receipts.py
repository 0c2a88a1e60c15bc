"""What has a receipt is on the server for ever: the letter, with our hash, and what it asked for.

After the office was restored from a backup, what it had taken since is unknown to it again. The
tablets keep every letter, so the promise then reads: a tablet that has spoken with the restored
office has offered all of it anew, and does not show as sent what the office lost. A tablet that has
not spoken with it yet cannot know; it is left out until it has.
"""

from typing import TYPE_CHECKING

from field_year.model import Broken

if TYPE_CHECKING:
    from field_year.tablets import Tablet
    from field_year.world import World

EFFECT = {
    "inspection.record": "inspection", "evidence.declare": "evidence",
    "document.issue": "document", "reinspection.record": "reinspection",
}  # fmt: skip


def on_the_server(world: "World") -> dict[str, str]:
    """Letter → hash of what the office has applied."""
    found = world.office.rows(
        "select id::text, sha256 from case_svc.letter where state = 'applied'"
    )
    return {str(id_): str(sha256) for id_, sha256 in found}


async def check(world: "World") -> None:
    """Every receipt of every tablet that can know."""
    letters = on_the_server(world)
    rows = {
        kind: {
            str(id_)
            for (id_,) in world.office.rows(f"select id::text from case_svc.{table}")
        }
        for kind, table in EFFECT.items()
    }  # fmt: skip
    for tablet in world.tablets:
        if tablet.epoch == world.restored:
            _check(tablet, letters, rows)


def _check(tablet: "Tablet", letters: dict[str, str], rows: dict[str, set[str]]) -> None:
    for letter in tablet.seen.letters.values():
        if letter.state != "sent" or letter.id in tablet.seen.beyond:
            continue
        if letters.get(letter.id) != letter.sha256:
            raise Broken("receipts", f"{tablet.name} 的信件 {letter.kind} 有回执，服务器上没有")
        if letter.kind in rows and letter.body_id not in rows[letter.kind]:
            raise Broken("receipts", f"{tablet.name} 的信件 {letter.kind} 有回执，所述事项没有登记")
