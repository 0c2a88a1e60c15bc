"""What is answered for a letter: a verdict, and once it is decided a signed receipt (回执)."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from lawbook.refusal import Refusal
from services.kit.letters import Problem, Verdict, moment
from services.kit.problems import Problem as AnyProblem
from services.kit.receipts import Signer

APPLIED, HELD, REJECTED = "applied", "held", "rejected"


class Decided(NamedTuple):
    """A letter that was decided: enough to give the same verdict and the same receipt again."""

    sha256: str
    state: str
    problem: dict[str, Any] | None
    received_at: datetime
    device: str
    journal: str
    seq: int | None
    prev: str | None
    link: str | None
    receipt_key: str | None = None
    receipt_signature: str | None = None


def told_of(problem: AnyProblem | Refusal) -> dict[str, Any]:
    """A problem as a verdict tells it."""
    body = problem.problem() if isinstance(problem, Refusal) else problem.body()
    return {name: body.get(name) for name in Problem.model_fields}


def undecided(letter: UUID, state: str, problem: dict[str, Any]) -> Verdict:
    """The verdict on a letter of which nothing is kept: no receipt."""
    return Verdict.model_validate(
        {"id": letter, "state": state, "problem": problem, "receipt": None}
    )


def signed(signer: Signer, letter: UUID, decided: Decided) -> Decided:
    """The same, with a receipt signed by the key that signs now."""
    told = signer.sign(_receipt(letter, decided))
    return decided._replace(receipt_key=told["key"], receipt_signature=told["signature"])


def verdict_of(letter: UUID, decided: Decided) -> Verdict:
    """The verdict on a letter that was decided and signed for."""
    receipt = _receipt(letter, decided) | {
        "key": decided.receipt_key, "signature": decided.receipt_signature,
    }  # fmt: skip
    return Verdict.model_validate(
        {"id": letter, "state": decided.state, "problem": decided.problem, "receipt": receipt}
    )


def _receipt(letter: UUID, decided: Decided) -> dict[str, Any]:
    """A receipt as it stands on the wire, not signed yet."""
    return {
        "letter": str(letter), "device": decided.device, "seq": decided.seq, "link": decided.link,
        "sha256": decided.sha256, "received_at": moment(decided.received_at),
        "state": decided.state,
    }  # fmt: skip
