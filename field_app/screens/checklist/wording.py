"""What is written of the item at hand: kept as it is typed, said with its answer, changed later."""

from datetime import date
from typing import Any

from kivy.properties import BooleanProperty

from field_app.actions.answer_item import answer_item
from field_app.screens.checklist.correcting import CorrectingPage
from field_app.screens.checklist.view import Item, item
from field_app.shelves.inspections import Answered
from lawbook.inspection import Answer


class WordingPage(CorrectingPage):
    """What the check list does with the words of an item."""

    major = BooleanProperty(False)

    def __init__(self, **given: Any) -> None:  # noqa: ANN401 - Kivy's own
        super().__init__(**given)
        self._correct_by: date | None = None

    def follow_item(self, shown: Item) -> None:
        """What is written of the item at hand is kept as it is typed, before an answer too."""
        boxes = {f"{shown.code}/remark": self.ids.remark}
        if shown.finding:
            boxes[f"{shown.code}/description"] = self.ids.description
        if shown.finding and shown.own:
            boxes[f"{shown.code}/basis"] = self.ids.breaks
            boxes[f"{shown.code}/criterion"] = self.ids.judged_by
        self.follow_boxes({} if self.fixed else boxes)

    def say_of(self, shown: Item, answer: Answer) -> bool:
        """Answer an item, with what stands in its fields; whether it could be."""
        said = self._written(shown)
        unmet = answer is Answer.NOT_MET

        def say() -> Answered:
            if not unmet and shown.finding:
                # The finding goes; the words stay at hand, in case the wrong key was hit.
                words = {f"{shown.code}/description": said["description"]}
                self.store.drafts.keep(self.name, self.inspection_id, words)
            given = said if unmet else {"remark": said["remark"]}
            return answer_item(self.store, self.inspection_id, shown.code, answer, **given)

        part = "" if unmet and shown.finding else "remark"
        return self.commit(say, f"{shown.code}/{part}") is not None

    def keep(self) -> None:
        """What was written about the item at hand is kept, if it has changed."""
        shown = self._item
        if shown is None or self.fixed:
            return
        if shown.answer is None:
            # It goes with the answer; until then it stays what is being written.
            self.keep_draft()
            return
        said: dict[str, Any] = self._written(shown)
        before: dict[str, Any] = {"remark": shown.remark}
        if shown.finding:
            kept = shown.finding
            before |= {
                "description": kept.description, "correct_by": kept.correct_by, "major": kept.major,
            }  # fmt: skip
            if shown.own:
                before |= {"basis": kept.basis, "criterion": kept.criterion}
        if said != before:
            self._keep(shown, **said)

    def _written(self, shown: Item) -> dict[str, Any]:
        """What stands in the fields of the item at hand, as answer_item takes it."""
        said: dict[str, Any] = {"remark": self.ids.remark.text.strip()}
        if shown.finding:
            said["description"] = self.ids.description.text.strip() or shown.finding.description
            said |= {"correct_by": self._correct_by, "major": self.major}
            if shown.own:
                said["basis"] = self.ids.breaks.text.strip()
                said["criterion"] = self.ids.judged_by.text.strip()
        return said

    def _keep(self, shown: Item, **said: Any) -> None:  # noqa: ANN401 - answer_item's own
        answer = shown.answer
        assert answer is not None
        self.commit(
            lambda: answer_item(self.store, self.inspection_id, shown.code, answer, **said),
            f"{shown.code}/",
        )
        self._item = self.act(lambda: item(self.store, self.inspection_id, shown.code, self.today))
