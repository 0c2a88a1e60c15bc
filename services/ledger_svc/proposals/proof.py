"""Whether a device signed what is forwarded from its bundle (封装包的签名): judged here, on no one's word.

The head of a bundle names its letters and grants, and is signed by the device. case_svc passes it on
as it came, so that the ledger sees for itself that these very letters stand in it.
"""

import base64
import json
from http import HTTPStatus
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import ValidationError

from lawbook.bundles import signed_part
from services.kit.grants import Grant
from services.kit.letters import LetterBody
from services.kit.problems import Problem
from services.ledger_svc.proposals.schemas import ForwardedDelivery


class BundleProofWrong(Problem):
    """Letters that come without the signed head of their bundle, or that do not stand in it."""

    status, code, title = (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "bundle-proof-wrong",
        "转送的信件没有平板对封装包的签名，或者与所签的内容不符",
    )
    next_step = "请由原平板重新导出；多次出现时请联系管理员"


def require_signed(grant: Grant, forwarded: ForwardedDelivery) -> None:
    """Refuses BundleProofWrong unless the grant's device signed a head with this grant and each letter."""
    if forwarded.head is None or forwarded.signature is None:
        raise BundleProofWrong("没有附上封装内容及其签名")
    head = forwarded.head.encode()
    try:
        key = Ed25519PublicKey.from_public_bytes(_bytes(grant.device_key))
        key.verify(_bytes(forwarded.signature), signed_part(head))
        said = json.loads(head)
        named = said["device"] == grant.device and grant.token in said["grants"]
        signed = [_plain(LetterBody.model_validate(one)) for one in said["letters"]]
    except InvalidSignature as error:
        raise BundleProofWrong("签名与授权所列的平板不符") from error
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise BundleProofWrong("封装内容或其签名无法识别") from error
    if not named or any(_plain(one) not in signed for one in forwarded.letters):
        raise BundleProofWrong("信件不在平板签署的封装内容之中")


def _plain(letter: LetterBody) -> dict[str, Any]:
    return letter.model_dump()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
