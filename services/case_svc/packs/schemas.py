"""Shapes of content packs on the wire (内容包)."""

from services.kit.wire import Wire


class PackEntry(Wire):
    """A pack in the list: what it is, and the hash of its bytes."""

    kind: str
    code: str
    version: str
    sha256: str


class PackList(Wire):
    """Every pack of this house."""

    items: list[PackEntry]
