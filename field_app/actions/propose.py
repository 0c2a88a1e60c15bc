"""Fill in on the spot what the ledger lacks (现场补充台账), with or without a signal."""

from collections.abc import Mapping
from uuid import uuid4

from field_app.moments import kept, now
from field_app.refusals import EntityUnknown
from field_app.store import Store
from field_app.wire_ledger import ProposalBody
from field_app.writing import SHORT, written
from lawbook.proposal import ValueNotFit, proposed_value, require_source


def propose(
    store: Store,
    entity_id: str,
    found: Mapping[str, str],
    *,
    source: str | None,
    note: str = "",
    evidence_sha256: str | None = None,
) -> list[str]:
    """Keep what was found, by field, each with a letter of its own; the ids of the proposals.

    All of it in one transaction, judged as the office will judge it. What is empty, and what is
    known already, is left out. Refuses EntityUnknown, SourceUnknown, ValueNotFit, PackMissing.
    """
    entity = store.mirror.as_pulled(entity_id)
    if entity is None:
        raise EntityUnknown
    rules = store.packs.dictionary()
    given = {field: text for field, text in found.items() if text.strip()}
    if not given:
        raise ValueNotFit("没有填写任何一项")
    from_where = require_source(source, note)
    shown = store.proposals.over(entity)["values"]
    values = {field: proposed_value(rules, field, text) for field, text in given.items()}
    at, ids = kept(now()), []
    with store.atomic():
        for field, value in values.items():
            if shown.get(field) == value:
                continue
            body: ProposalBody = {
                "id": str(uuid4()),
                "entity_id": entity_id,
                "field": field,
                "old_value": entity["values"].get(field, ""),
                "new_value": value,
                "source": from_where.value,
                "source_note": written(note, SHORT, "来源说明"),
                "written_at": at,
                "device": store.device,
                "evidence_sha256": evidence_sha256,
            }
            store.proposals.keep({name: body[name] for name in KEPT})  # type: ignore[literal-required]
            store.report(f"proposal:{body['id']}", "entity.propose", body, at)
            ids.append(body["id"])
    return ids


KEPT = ("id", "entity_id", "field", "old_value", "new_value", "source", "written_at")
