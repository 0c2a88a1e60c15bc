"""Refusal: an act that the law, or the bureau's own order, does not allow."""

from typing import Any, ClassVar

SYSTEM_RULE = "系统规则"
"""Told in place of an article where no law refuses, but the way in which this system keeps its records."""


class Refusal(Exception):
    """An act refused (不予办理), with the article that refuses it, in the officer's words.

    A subclass gives `code`, `title`, `law` and `next_step`; an instance adds the `detail` of this
    occasion and the `facts` on which it rests.
    """

    code: ClassVar[str] = "refused"
    title: ClassVar[str] = "依法不能办理"
    law: ClassVar[str | None] = None
    next_step: ClassVar[str | None] = None

    def __init__(self, detail: str = "", **facts: Any) -> None:  # noqa: ANN401
        super().__init__(detail or self.title)
        self.detail = detail or self.title
        self.facts = facts

    def problem(self) -> dict[str, Any]:
        """Code, title, detail, article and next step, without what only HTTP knows."""
        told: dict[str, Any] = {"code": self.code, "title": self.title, "detail": self.detail}
        if self.law:
            told["law"] = self.law
        if self.next_step:
            told["next_step"] = self.next_step
        return told
