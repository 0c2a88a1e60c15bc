"""Who must have signed before a document is issued (签名是否齐全), and when a refusal to sign stands.

安全生产法 §68: officers and the plant's head sign; when the head refuses, the officers put the
circumstances on record. A refusal stands with its reason and with a witness's signature, or with
those of two officers given after it was put on record.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

OFFICER, PARTY, WITNESS = "officer", "party", "witness"
FEWEST_OFFICERS = 2
"""行政处罚法 §42; a third may be there and not sign."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature, or a refusal to sign with its reason (拒绝签字).

    role: officer, party or witness. officer_number: 执法证号, officers only. page: of what is signed
    page by page (逐页签名) which it is for; nought for the whole. on_paper: given on the printed
    document, every page of it (已在纸质件签名), of which a photo is kept.
    """

    role: str
    name: str
    officer_number: str | None
    signed_at: datetime
    refused: str | None = None
    page: int = 0
    on_paper: bool = False


@dataclass(frozen=True, slots=True)
class Lacking:
    """A signature that is lacking: whose, and in words for a person."""

    role: str
    text: str


def lacking(
    asked: Mapping[str, int],
    officers: Mapping[str, str],
    given: Sequence[Signed],
    pages: int = 0,
) -> list[Lacking]:
    """What is still to be signed. `asked`: role → places on the form. `officers`: number → name.

    `pages`: how many the party has to sign, each by itself; nought where the whole is signed once.
    """
    found: list[Lacking] = []
    if asked.get(OFFICER):
        signed = {one.officer_number for one in given if one.role == OFFICER and not one.refused}
        if len(signed) < FEWEST_OFFICERS:
            found += [
                Lacking(OFFICER, f"执法人员{name}")
                for number, name in officers.items()
                if number not in signed
            ] or [Lacking(OFFICER, f"第{len(signed) + 1}名执法人员")]
    if asked.get(PARTY):
        own = [one for one in given if one.role == PARTY]
        refusals = [one for one in own if one.refused]
        if any(one.on_paper for one in own):
            pass
        elif pages and own and not refusals:
            found += _unsigned_pages(own, pages)
        else:
            # Who refuses refuses the whole, whichever pages were signed before.
            found += _party(refusals if pages else own, given)
    return found


def _unsigned_pages(own: Sequence[Signed], pages: int) -> list[Lacking]:
    """The pages that one and the same person has not signed, the one who signed the last of them."""
    name = max(own, key=lambda one: (one.page, one.signed_at)).name
    signed = {one.page for one in own if one.name == name}
    missing = [str(page) for page in range(1, pages + 1) if page not in signed]
    return [Lacking(PARTY, f"当事人在第{'、'.join(missing)}页")] if missing else []


def _party(own: Sequence[Signed], given: Sequence[Signed]) -> list[Lacking]:
    if any(not one.refused for one in own):
        return []
    if not own:
        return [Lacking(PARTY, "当事人（拒绝签字的，记明情况）")]
    if noted(own[-1], given):
        return []
    return [Lacking(WITNESS, "见证人，或者两名执法人员在记明拒签后签名")]


def noted(refusal: Signed, given: Sequence[Signed]) -> bool:
    """Whether a refusal stands: a reason, and a witness or two officers who signed after it."""
    if not (refusal.refused or "").strip():
        return False
    after = {
        one.officer_number
        for one in given
        if one.role == OFFICER and not one.refused and one.signed_at >= refusal.signed_at
    }
    return len(after) >= FEWEST_OFFICERS or any(
        one.role == WITNESS and not one.refused for one in given
    )
