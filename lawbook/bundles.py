"""Sealed bundles (封装包): the layout that the tablet writes and the office reads.

    magic (8) · key id (8) · ephemeral X25519 key (32) · chunk · chunk · …

Each chunk is a mebibyte under AES-256-GCM, bound to its place, to being the last, and to what
stands before the first. Opened and joined, the chunks are

    length of the head (4, big-endian) · head (JSON) · Ed25519 signature (64) · files · zeros

The head names the letters, the grants under which they were captured, and each file by its hash:
so the device's one signature covers all. Nothing else can be read without the office's key.
"""

MAGIC = b"ZHIFAB\x00\x01"
"""What a bundle begins with; the last byte is the version of the layout."""
KEY_ID, KEY, SIGNATURE, LENGTH = 8, 32, 64, 4
PREFIX = len(MAGIC) + KEY_ID + KEY
"""Bytes in the clear."""
CHUNK, TAG = 1 << 20, 16
LEAST = 1 << 16
"""A bundle is never smaller: one letter looks like twenty."""
CONTENT, REPLY = b"zhifa bundle 1 content", b"zhifa bundle 1 reply"
"""What the two keys are derived for (HKDF-SHA256 over the X25519 secret, salted by the prefix)."""
_SIGNED = b"zhifa bundle 1\n"


def signed_part(head: bytes) -> bytes:
    """What the device signs."""
    return _SIGNED + head


def nonce(index: int, last: bool) -> bytes:
    """The nonce of a chunk: its place, and whether it is the last (the STREAM construction)."""
    return index.to_bytes(11, "big") + bytes((last,))


def padded(size: int) -> int:
    """The size to which so many bytes are filled up, at most 12 % more.

    Padmé (Nikitin and others, 2019): of a size only as many leading bits are told as its magnitude
    has digits.
    """
    if size <= LEAST:
        return LEAST
    magnitude = size.bit_length() - 1
    blurred = magnitude - magnitude.bit_length()
    return -(-size >> blurred) << blurred


def sealed_size(size: int) -> int:
    """How many bytes a bundle has whose content, with padding, has so many."""
    return PREFIX + size + TAG * max(1, -(-size // CHUNK))
