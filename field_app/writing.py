"""What a person types, as it can be kept, sent and printed."""

from lawbook.refusal import Refusal

SHORT, CAPTION, CITED, LONG, FORM = 200, 500, 500, 2000, 20_000
"""Characters that the office takes: a name or place, a caption, a provision, a remark, a form's text."""


class TooLong(Refusal):
    """More than the office takes: said now, while it can still be shortened."""

    code = "text-too-long"
    title = "填写的内容过长"
    next_step = "缩短后再保存"


def written(text: str, most: int, what: str) -> str:
    """The text, trimmed, without what no database keeps. Refuses TooLong."""
    # A half character, from an input method that was interrupted, has no bytes to send.
    plain = text.replace("\0", "").encode(errors="replace").decode().strip()
    if len(plain) > most:
        raise TooLong(f"{what}最多 {most} 字，现有 {len(plain)} 字")
    return plain
