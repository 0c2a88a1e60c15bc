"""A file that is shown as sent, or that the office says it has, is the file, by its hash."""

import hashlib
from typing import TYPE_CHECKING

from field_year.model import Broken

if TYPE_CHECKING:
    from field_year.world import World


async def check(world: "World") -> None:
    """Files that the office counts as received, and those that a tablet counts as sent."""
    complete = {
        str(one)
        for (one,) in world.office.rows(
            "select sha256 from case_svc.upload where completed_at is not null "
            "union select sha256 from case_svc.evidence where received_at is not null "
            "union select pdf_sha256 from case_svc.document where pdf_received_at is not null"
        )
    }
    for sha256 in sorted(complete - world.files_known):
        place = world.office.file(sha256)
        if not place.is_file() or hashlib.sha256(place.read_bytes()).hexdigest() != sha256:
            raise Broken("files", f"服务器上的文件 {sha256[:12]} 缺失，或与其摘要不符")
        world.files_known.add(sha256)
    for tablet in world.tablets:
        if tablet.epoch != world.restored:
            continue
        for sha256, state in tablet.seen.uploads.items():
            if state == "sent" and sha256 not in complete | tablet.seen.beyond:
                raise Broken(
                    "files", f"{tablet.name} 的文件 {sha256[:12]} 显示已送达，服务器上没有"
                )
