"""The QR code on the page (验真码), and the data that travel inside the PDF beside it."""

import base64
from collections.abc import Mapping
from functools import lru_cache

import segno

from lawbook.proof import ProofUnreadable, content_code, read_proof
from paper.blocks import ProofMark
from paper.digest import canonical
from paper.refusals import ProofElsewhere
from paper.template import DocumentTemplate

MOST = 32_000
"""Characters of keywords; PDF/A allows no text of more than 32767 bytes."""
Run = tuple[int, int, int]
"""Column, row and length of dark modules side by side."""


def mark_of(
    code: str,
    template: DocumentTemplate,
    number: str | None,
    data: Mapping[str, object],
    digest: str,
) -> ProofMark:
    """The mark that proves this very document. Refuses ProofElsewhere."""
    try:
        proof = read_proof(code)
    except ProofUnreadable as error:
        raise ProofElsewhere("验真码无法读取") from error
    if (proof.template, proof.number, proof.digest) != (template.ref, number, digest):
        raise ProofElsewhere(f"验真码属于 {proof.number or proof.template}")
    told = canonical({"kind": template.code, "number": number, "data": dict(data)})
    keywords = [f"zhifa-proof:1:{code.rpartition('#')[2]}"]
    inside = f"zhifa-data:1:{base64.b64encode(told).decode()}"
    if len(keywords[0]) + len(inside) < MOST:
        keywords.append(inside)
    return ProofMark(code, f"扫码验真 · 内容码 {content_code(digest)}", tuple(keywords))


@lru_cache(maxsize=8)
def squares(code: str) -> tuple[int, tuple[Run, ...]]:
    """The QR code of a text: modules along its side, and the dark ones (error correction M)."""
    made = segno.make(code, error="m", mode="byte", micro=False, boost_error=False)
    matrix = [bytes(row) for row in made.matrix]
    runs: list[Run] = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                runs.append((x, y, length))
            x += length or 1
    return len(matrix), tuple(runs)
