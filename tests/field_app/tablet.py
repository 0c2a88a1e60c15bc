"""A tablet as a refresh leaves it, without the refresh: rows and packs in the shapes of the wire."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from deploy import secrets as deploy_secrets
from field_app import grants, takeover
from field_app.actions.answer_item import answer_item
from field_app.actions.begin_inspection import begin_inspection
from field_app.actions.compose_document import shown
from field_app.actions.sign_document import sign_document
from field_app.crypt.keys import Work, wrap
from field_app.device import text_of
from field_app.forecast import NUMBERED as USUAL
from field_app.moments import day, now
from field_app.shelves.mirror import Place
from field_app.shelves.outbox import Letter
from field_app.store import Store
from field_app.vault import Vault
from field_app.wire import Present
from lawbook.checklist import bodies
from lawbook.content import load
from lawbook.inspection import Answer
from lawbook.journal import key_id
from paper.template import OFFICE, load_template
from services.kit.receipts import Signer
from services.kit.settings import ROOT
from tests.examples import dictionary, entity_values

CONTENT = ROOT / "content"
REGION = UNIT = "140882"
FIRST, SECOND, EXPIRED, SUSPENDED = "14088200001", "14088200002", "14088200003", "14088200004"
NAMES = {FIRST: "张岳", SECOND: "李秋", EXPIRED: "王过期", SUSPENDED: "赵暂停"}
PLANT = "00000000-0000-4000-8000-000000000001"
INCOMPLETE = "00000000-0000-4000-8000-000000000002"
SCHEME = "00000000-0000-4000-8000-0000000000a1"
SCHEME_OF_INCOMPLETE = "00000000-0000-4000-8000-0000000000a2"
DRAFTED = "00000000-0000-4000-8000-0000000000a3"
PLANNED = "00000000-0000-4000-8000-0000000000b1"
KEY = bytes(range(32))
USER, PASSWORD = "zhangyue", "Hejin-2026-demo"
LIGHT = Work(n=2, r=1, p=1)
"""What a guess at a password costs in tests: next to nothing."""
CHECKLIST = "metallurgy@2026.1"
PRESENT: Present = {"name": "贺平川", "duty": "安全科长", "phone": "13834110001"}
STROKES = [[[0, 0], [30, 8], [12, 40]], [[40, 5], [42, 44]]]
FORMS = {form.code: form for form in map(load_template, sorted((CONTENT / "documents").iterdir()))}
NUMBERED = tuple(
    code for code, form in FORMS.items() if form.about not in {"", *OFFICE} and form.numbering
)
ABBREVIATIONS = {
    code: form.numbering.abbreviation for code, form in FORMS.items() if form.numbering
}


def entity(entity_id: str, number: int, without: str | None = None) -> dict[str, Any]:
    """A line of pulls/entities."""
    values = entity_values(number)
    if without:
        del values[without]
    rules = dictionary()
    return {
        "id": entity_id, "region": REGION, "name": values["ent_name"],
        "credit_code": values["uscc"], "division_code": values["division_code"],
        "trades": rules.trades(values), "op_status": values["op_status"], "values": values,
        "missing": rules.missing(values), "complete": not rules.missing(values),
        "dictionary": rules.ref, "version": 1, "changed_at": "2026-06-01T00:00:00Z",
    }  # fmt: skip


def officer(number: str, valid_until: str = "2039-05-09", state: str = "valid") -> dict[str, Any]:
    """A line of pulls/officers."""
    return {
        "id": f"00000000-0000-4000-8000-{number:0>12}", "name": NAMES[number], "unit": UNIT,
        "certificate": {"number": number, "valid_until": valid_until, "state": state},
    }  # fmt: skip


def scheme(scheme_id: str, entity_id: str, stage: str = "approved") -> dict[str, Any]:
    """A line of pulls/inspection-schemes."""
    return {
        "id": scheme_id, "planned_inspection_id": PLANNED, "ground": None,
        "entity_id": entity_id, "officers": [FIRST, SECOND],
        "inspect_on": day(now()).isoformat(), "checklist": CHECKLIST, "stage": stage,
    }  # fmt: skip


def rows() -> dict[str, list[dict[str, Any]]]:
    """Dataset → its lines."""
    return {
        "units": load(CONTENT / "units" / "1408.toml")["unit"],
        "officers": [
            officer(FIRST), officer(SECOND), officer(EXPIRED, "2021-01-31"),
            officer(SUSPENDED, state="suspended"),
        ],
        "entities": [entity(PLANT, 1), entity(INCOMPLETE, 2, without="legal_rep")],
        "planned-inspections": [],
        "inspection-schemes": [
            scheme(SCHEME, PLANT), scheme(SCHEME_OF_INCOMPLETE, INCOMPLETE),
            scheme(DRAFTED, PLANT, "reviewed"),
        ],
        "hazards": [],
    }  # fmt: skip


def packs() -> list[tuple[str, dict[str, Any]]]:
    """(kind, body) of the content that a tablet pulls."""
    found = [
        ("document", CONTENT / "documents" / code / "document.toml")
        for code, form in FORMS.items()
        if form.about not in OFFICE
    ]
    found.append(("ledger", CONTENT / "ledger" / "dictionary.toml"))
    found.append(("phrases", CONTENT / "phrases" / "on-the-spot.toml"))
    for kind, place in (
        ("offences", "offences"),
        ("discretion", "discretion"),
        ("calendar", "calendars"),
    ):
        found += [(kind, path) for path in sorted((CONTENT / place).glob("*.toml"))]
    lists = [("checklist", body) for _, body in bodies(CONTENT)]
    return lists + [(kind, load(path)) for kind, path in found]


def keep_packs(store: Store) -> None:
    """The content as it comes over the wire."""
    for kind, body in packs():
        text = json.dumps(body, ensure_ascii=False, default=str)
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        store.packs.keep(kind, body["code"], body["version"], sha256, json.loads(text))


def opened(folder: Path, adapter: str | None = None) -> Store:
    """A store that stands alone, without a vault: under the tests' key."""
    return Store(folder, KEY, adapter=adapter)


def brought_in(root: Path) -> Store:
    """The plain store of an earlier version, taken over at its person's sign-in."""
    vault = Vault(root, LIGHT)
    account = (takeover.owner(root) or {}).get("account", "a")
    return vault.opened(USER, vault.admit(USER, PASSWORD, account))


def locked(store: Store, root: Path) -> Store:
    """The same store in a vault below `root`, under the tests' password."""
    store.close()
    vault = Vault(root, LIGHT)
    shutil.copytree(store.folder, vault.folder(USER))
    shutil.move(vault.folder(USER) / "device.json", root / "device.json")
    (vault.folder(USER) / "key.json").write_text(json.dumps(wrap(KEY, PASSWORD, LIGHT)))
    return vault.open(USER, PASSWORD)


def may_seal(store: Store) -> None:
    """The office's sealing key and a grant, as a refresh and a report leave them."""
    public = X25519PrivateKey.generate().public_key().public_bytes_raw()
    store.set("bundle_key", {"key": key_id(public), "public_key": text_of(public)})
    said = text_of(json.dumps({"iat": 0, "exp": 4_000_000_000}).encode())
    grants.keep(store, f"e30.{said}.c2ln")


def filled(folder: Path, adapter: str | None = None) -> Store:
    """A store as a refresh leaves it: mirror, packs, numbers, and an officer signed in."""
    store = opened(folder, adapter)
    with store.atomic():
        store.set("me", {
            "account": "a", "officer": FIRST, "name": "张岳", "unit": UNIT,
            "unit_name": "河津市应急管理局", "region": REGION,
        })  # fmt: skip
        for dataset, lines in rows().items():
            place = Place("1-aa", len(lines), "2026-06-01T00:00:00Z")
            store.mirror.apply(dataset, lines, place, whole=True)
        keep_packs(store)
        for document in USUAL:
            lease(store, document)
    return store


OFFICE_KEY = Signer(deploy_secrets.make().receipt_private_key)
"""A key by which an office of these tests signs its receipts."""


def receipt_of(
    store: Store, letter: Letter, at: str = "2026-06-23T01:05:00Z", state: str = "applied"
) -> Any:
    """A receipt for a letter, as the office signs it; the store knows the key afterwards."""
    store.set("receipt_keys", OFFICE_KEY.public_keys)
    told = {
        "letter": letter.id, "device": store.device, "seq": letter.seq, "link": letter.link,
        "sha256": letter.sha256, "received_at": at, "state": state,
    }  # fmt: skip
    return OFFICE_KEY.sign(told)


def file_receipt_of(store: Store, sha256: str, size: int) -> Any:
    """The same for a file."""
    store.set("receipt_keys", OFFICE_KEY.public_keys)
    told = {
        "file": sha256, "size": size, "media_type": "image/jpeg", "upload": str(uuid4()),
        "received_at": "2026-06-23T01:05:00.000000Z", "state": "kept",
    }  # fmt: skip
    return OFFICE_KEY.sign(told)


def lease(
    store: Store,
    document: str,
    first: int = 21,
    count: int = 20,
    unit: str = UNIT,
    year: int | None = None,
) -> None:
    """Numbers for the road."""
    year = year or day(now()).year
    lease_id = f"{document}-{unit}-{year}-{first}"
    store.leases.ask(lease_id, document, year, count, "2026-06-01T00:00:00Z")
    pattern = f"（河）应急{ABBREVIATIONS[document]}〔{year}〕{{sequence}}号"
    last = first + count - 1
    store.leases.grant(lease_id, {"unit": unit, "first": first, "last": last, "pattern": pattern})


def begun(store: Store, **changes: Any) -> str:
    """A visit by the approved scheme."""
    given = {"scheme_id": SCHEME, "place": "熔炼车间", "present": PRESENT}
    return begin_inspection(store, **(given | changes))


def items(store: Store) -> list[str]:
    """Codes of the check list's items."""
    return [item.code for item in store.packs.checklist(CHECKLIST).items]


def answered(store: Store, inspection_id: str, unmet: int = 2) -> str:
    """Every item answered, the first `unmet` of them 不符合."""
    for index, item in enumerate(items(store)):
        answer_item(store, inspection_id, item, Answer.NOT_MET if index < unmet else Answer.MET)
    return inspection_id


def signed(store: Store, document_id: str, *, party: bool = True) -> str:
    """Both officers, and the plant's person."""
    for number in (FIRST, SECOND):
        sign_document(store, document_id, "officer", NAMES[number], number, STROKES)
    if party:
        # Every page, where every one is signed.
        for page in range(1, len(shown(store, document_id).pages) + 1) or [0]:
            sign_document(store, document_id, "party", PRESENT["name"], None, STROKES, page=page)
    return document_id
