"""What the office refused, on the page where it was made: why, in its words, and what to do."""

from typing import Any

from field_app.look.panels import Card, Heading, Quiet, Words
from field_app.screens.told import why
from field_app.shelves.outbox import Letter


def refusal_card(letter: Letter, heading: str, aside: str = "") -> Any:  # noqa: ANN401 - a Card
    """A card that says why a letter was refused; fields and buttons may be added below."""
    card = Card(tone="bad")
    card.add_widget(Heading(text=heading, tone="bad"))
    for text in why(letter.problem or {"code": "", "title": "服务器未受理"}):
        card.add_widget(Words(text=text))
    if aside:
        card.add_widget(Quiet(text=aside))
    return card
