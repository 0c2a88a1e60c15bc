"""What the outbox shows: every letter with what is known of it, every file with its percent."""

from dataclasses import dataclass

from field_app import carrier, exchange, sealing
from field_app.actions import correct_letter, draft_scheme, keep_evidence
from field_app.delivery import VIDEO_UNMETERED
from field_app.moments import spoken
from field_app.screens.told import told_of, why
from field_app.shelves.outbox import Letter, Upload
from field_app.standing import standing
from field_app.store import Store
from lawbook.letters import NAMES
from lawbook.media import DOCUMENT, PICTURE, SOUND, VIDEO, family

FAMILIES = {DOCUMENT: "文书 PDF", PICTURE: "照片", SOUND: "录音", VIDEO: "录像"}
STATES = {
    "waiting": ("待发", "warn"),
    "sent": ("已送达", "good"),
    "refused": ("被退回", "bad"),
    "held": ("暂缓", "warn"),
    "replaced": ("已更正", "quiet"),
}
FIRST = ("refused", "held", "waiting", "sent", "replaced")
"""What needs the officer stands first."""
SHOWN = {"refused": 30, "held": 30, "waiting": 30, "sent": 15, "replaced": 15}


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One letter. `told`: why, and what to do; `again`: it can be sent anew.

    `opens`: the screen where it was made, and what it is opened with, where it can be corrected.
    """

    letter_id: str
    title: str
    detail: str
    state: str
    tone: str
    told: list[str]
    again: bool
    opens: tuple[str, dict[str, str]] | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One file on its way."""

    sha256: str
    title: str
    detail: str
    part: float
    tone: str
    again: bool


@dataclass(frozen=True, slots=True)
class ByHand:
    """What passes by hand (离线传递): the folder, what is carried for others, what can be taken in."""

    folder: str
    carried: list[str]
    replies: int
    found: list[exchange.Found]


@dataclass(frozen=True, slots=True)
class Outbox:
    """All of it: how many in each state, and what to say when there is nothing.

    `custody`: how many letters the office has signed for, and whether the journal holds.
    `video_waits`: whether film waits for a network that is not paid by the byte; None: not asked.
    """

    summary: str
    custody: str
    custody_tone: str
    lines: list[LetterLine]
    more: str
    files: list[File]
    unsent: int
    empty: str
    badge: str
    badge_tone: str
    by_hand: ByHand
    video_waits: bool | None


def view(store: Store) -> Outbox:
    """What to show now."""
    counts = store.outbox.counts()
    letters = [letter for letter in store.outbox.letters() if letter.state in STATES]
    shown: list[Letter] = []
    for state in FIRST:
        of_state = [letter for letter in letters if letter.state == state]
        if state == "replaced":
            # What was sent once more as it was is the new letter's alone to show.
            again = [letter for letter in of_state if not _corrected(store, letter)]
            letters = [letter for letter in letters if letter not in again]
            of_state = [letter for letter in of_state if letter not in again]
        # Of what has arrived the latest; of what has not, what goes first.
        shown += (
            of_state[: -SHOWN[state] - 1 : -1]
            if state in ("sent", "replaced")
            else of_state[: SHOWN[state]]
        )
    files = [_file(upload) for upload in store.outbox.uploads() if upload.state != "sent"]
    arrived = len(store.outbox.uploads("sent"))
    unsent = counts["waiting"] + counts["held"] + counts["refused"]
    parts = [
        f"{STATES[state][0]} {counts[state]}" for state in ("waiting", "held", "refused", "sent")
    ]
    if files or arrived:
        parts.append(f"文件待传 {len(files)}、已传 {arrived}")
    left, device = len(letters) - len(shown), standing(store.installation, store)
    custody, tone = _custody(store)
    return Outbox(
        "　".join(parts),
        custody,
        tone,
        [_line(store, letter) for letter in shown],
        f"还有 {left} 封未列出" if left else "",
        files[:30],
        unsent + len(files),
        "" if letters or files else "发件箱是空的。结束检查、出具文书后，报送的信件会出现在这里。",
        device.badge,
        device.badge_tone,
        _by_hand(store),
        _video_waits(store),
    )


def _video_waits(store: Store) -> bool | None:
    """Asked once there is film to send, or the answer was yes before."""
    waits = bool(store.setting(VIDEO_UNMETERED))
    films = (family(one.media_type) == VIDEO for one in store.outbox.uploads("waiting"))
    return waits if waits or any(films) else None


def _by_hand(store: Store) -> ByHand:
    device = store.installation
    carried = []
    mine = sealing.own(store)
    for path in carrier.waiting(device):
        if path.stem in mine:
            continue
        problem = carrier.why_not(device, path.stem)
        size = f"{path.stat().st_size / 1_000_000:.1f} MB"
        why = f"：{problem['title']}" if problem else ""
        carried.append(f"封装包 {path.stem[:8]}　{size}　待送达{why}")
    return ByHand(
        str(exchange.folder(store)), carried, len(carrier.replies(device)), exchange.found(store)
    )


def _custody(store: Store) -> tuple[str, str]:
    """What can be proved of the journal, in a line, and its tone."""
    written, receipted = store.outbox.receipted()
    if broken := store.outbox.journal.broken(store.device):
        where = f"第 {broken.seq} 封{broken.why}" if broken.seq else broken.why
        return f"信件日志不完整：{where}。请勿清除本机数据，并联系管理员", "bad"
    if not written:
        return "", "plain"
    return f"{written} 封中 {receipted} 封有服务器回执，信件日志完整", "plain"


def _line(store: Store, letter: Letter) -> LetterLine:
    state, tone = STATES[letter.state]
    told: list[str] = []
    if letter.state == "replaced":
        by = _corrected(store, letter)
        told = [f"已由 {spoken(by.written_at)} 写成的信件更正，原信件保留"] if by else []
    elif letter.problem:
        told = why(letter.problem)
    elif letter.state == "held":
        told = ["同一检查中有信件被退回，处理后继续送出"]
    when = f"{spoken(letter.written_at)} 写成"
    if letter.state == "sent" and letter.receipt:
        when += f"，{spoken(letter.receipt['received_at'])} 服务器签收"
    if letter.corrects and letter.state != "replaced":
        old = store.outbox.one(letter.corrects)
        when += f"，更正 {spoken(old.written_at)} 写成、被退回的信件" if old else ""
    about = _about(store, letter)
    title = NAMES.get(letter.kind, letter.kind)
    return LetterLine(
        letter.id,
        f"{title}：{about}" if about else title,
        when,
        state,
        tone,
        told,
        letter.state == "refused",
        _place(store, letter) if letter.state == "refused" else None,
    )


def _corrected(store: Store, letter: Letter) -> Letter | None:
    """The letter that corrects a replaced one, if any does."""
    by = store.outbox.one(letter.by) if letter.by else None
    return by if by and by.corrects else None


def _place(store: Store, letter: Letter) -> tuple[str, dict[str, str]] | None:
    """Where a refused letter was made, so that it can be corrected there; None where it cannot."""
    body = letter.body
    match letter.kind:
        case correct_letter.RECORD if store.inspections.one(str(body.get("id"))):
            return "checklist", {"inspection_id": str(body["id"])}
        case keep_evidence.EVIDENCE:
            visit = str(body.get("inspection_id"))
            photo = store.inspections.photo(visit, str(body.get("sha256")))
            return ("checklist", {"inspection_id": visit, "letter": letter.id}) if photo else None
        case correct_letter.AGAIN if store.inspections.again(str(body.get("id"))):
            return "reinspection", {"inspection_id": str(body["inspection_id"])}
        case correct_letter.PROPOSAL:
            return "plant", {"entity_id": str(body.get("entity_id")), "letter": letter.id}
        case draft_scheme.DRAFT if store.schemes.one(str(body.get("scheme_id"))):
            return "scheme", {"scheme_id": str(body["scheme_id"])}
        case correct_letter.DOCUMENT:
            anew = store.documents.replacing(letter.id)
            made = anew or store.documents.one(str(body.get("id")))
            return ("document", {"about": made.about, "document_id": made.id}) if made else None
    return None


def _about(store: Store, letter: Letter) -> str:
    """What a letter is about, in a few words."""
    body = letter.body
    if letter.kind == "document.issue":
        return str(body.get("number", ""))
    if letter.kind == "number.void":
        return store.leases.number(str(body.get("lease_id")), int(body.get("sequence", 0)))
    if letter.kind == "number.return":
        first, last = int(body.get("first", 0)), int(body.get("last", 0))
        number = store.leases.number(str(body.get("lease_id")), last)
        return number if first == last else f"{number}止，共 {last - first + 1} 个"
    if letter.kind == keep_evidence.EVIDENCE:
        return str(body.get("caption", ""))
    if letter.kind in ("entity.propose", draft_scheme.DRAFT):
        plant = store.mirror.entity(str(body.get("entity_id")))
        return plant["name"] if plant else ""
    inspection = store.inspections.one(str(body.get("inspection_id") or body.get("id")))
    entity = store.mirror.entity(inspection.entity_id) if inspection else None
    return entity["name"] if entity else ""


def _file(upload: Upload) -> File:
    title = FAMILIES[family(upload.media_type)]
    size = (
        f"{upload.size / 1_000_000:.1f} MB"
        if upload.size >= 100_000
        else f"{upload.size // 1000 + 1} KB"
    )
    part = upload.offset / upload.size if upload.size else 0.0
    if upload.state == "refused":
        problem = told_of(upload.problem) if upload.problem else None
        return File(
            upload.sha256,
            f"{title}　{size}",
            problem.title if problem else "被退回",
            part,
            "bad",
            True,
        )
    return File(upload.sha256, f"{title}　{size}", f"已传 {part:.0%}", part, "main", False)
