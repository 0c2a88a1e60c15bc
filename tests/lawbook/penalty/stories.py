"""Invented people and a case that can be told act by act."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from lawbook.content import load
from lawbook.days import Calendar
from lawbook.penalty import acts
from lawbook.penalty.act import BEIJING, Act, Person
from lawbook.penalty.case import Case
from lawbook.penalty.judging import judge, take
from lawbook.penalty.kind import REGISTRY, World
from lawbook.penalty.norms import Norms
from lawbook.refusal import Refusal
from services.kit.settings import ROOT
from tests.examples import jpeg

SPACE = UUID("2f1f6e2c-6f0e-4a46-8a3b-0b8a1f6d7a11")
CALENDAR = Calendar.from_content(
    *(load(path) for path in sorted((ROOT / "content" / "calendars").glob("*.toml")))
)
IN_CONTENT = Norms.from_content(load(ROOT / "content" / "procedures" / "penalty.toml"))
NORMS = replace(
    IN_CONTENT, extensions=tuple(replace(one, valid_until=None) for one in IN_CONTENT.extensions)
)
"""As content has them, and as if the rule of old by which cases were extended were still in force."""
WORLD = World(CALENDAR, NORMS)
UNTIL = date(2029, 5, 9)
assert acts.KINDS


def person(number: str, name: str, *powers: str, until: date | None = UNTIL) -> Person:
    return Person(number, name, "140882", until, frozenset(f"case.{power}" for power in powers))


ZHANG = person("14088200001", "张岳", "handle", "archive")
LI = person("14088200002", "李秋", "handle", "archive")
SUN = person("14088200003", "孙平", "handle")
WANG = person("14088200004", "王衡", "endorse", "hear", "archive")
ZHAO = person("14088200005", "赵明远", "approve", "hear")
QIAN = person("14088200006", "钱敏", "review", "hear")
PAIR = (ZHANG, LI)

PARTY = {
    "kind": "organisation", "name": "河津市汾滨机械有限公司", "code": "91140882MA0EXAMPLE",
    "legal_rep": "周正", "legal_rep_post": "经理", "address": "河津市汾滨街 1 号", "phone": "0359-5550001",
}  # fmt: skip
VIOLATION = {
    "offence": "aqscf-99", "description": "冲压设备安全防护装置缺失", "broke": "安全生产法 §36(1)",
    "basis": "安全生产法 §99(2)", "penalties": ["fine"], "fine": 5_000_000, "factors": [],
}  # fmt: skip
NOT_FINED = {
    name: value for name, value in VIOLATION.items() if name not in ("penalties", "fine")
} | {"penalties": []}
PHOTO = jpeg(64, 48)
EVIDENCE = [
    {
        "name": "现场照片 1",
        "kind": "photo",
        "sha256": sha256(PHOTO).hexdigest(),
        "taken_on": "2026-03-02",
    }
]


def filing(procedure: str = "ordinary@2021", **changes: Any) -> dict[str, Any]:
    return {
        "procedure": procedure, "unit": "140882", "source": "inspection", "cause": "安全设备不符合标准",
        "name": "河津市汾滨机械有限公司安全设备安装不符合标准案", "summary": "检查发现冲压设备无防护装置。",
        "party": PARTY, "violations": [VIOLATION], "evidence": EVIDENCE, "hazards": [], "linked": [],
    } | changes  # fmt: skip


def penalty(fine: int = 6_000_000, *more: str) -> dict[str, Any]:
    return {"penalties": ["fine", *more], "fine": fine, "text": "罚款"}


@dataclass
class Story:
    """A case under way: `story.do(day, kind, by, **said)`; a day is `2026-03-02` or days later."""

    case: Case = field(default_factory=Case)
    on: date = date(2026, 3, 2)
    world: World = WORLD
    together: tuple[Person, ...] = PAIR

    def act(self, kind: str, /, by: Person = ZHANG, day: str | int = 0, **said: Any) -> Act:
        on = date.fromisoformat(day) if isinstance(day, str) else self.on + timedelta(day)
        at = datetime.combine(on, time(9), BEIJING) + timedelta(minutes=len(self.case.acts))
        taking = self.together if REGISTRY[kind].together else ()
        told = {name: value for name, value in said.items() if name != "in_"}
        id_ = str(uuid5(SPACE, f"{len(self.case.acts)}/{kind}"))
        return Act(id_, kind, at, by, taking, told, "ordinary@2021 penalty@2026.2")

    def do(self, kind: str, /, by: Person = ZHANG, day: str | int = 0, **said: Any) -> "Story":
        act = self.act(kind, by, day, **said)
        self.case, self.on = take(self.case, act, self.world), act.on
        return self

    def why(self, kind: str, /, by: Person = ZHANG, day: str | int = 0, **said: Any) -> list[str]:
        return [one.code for one in self.refused(kind, by, day, **said)]

    def refused(
        self, kind: str, /, by: Person = ZHANG, day: str | int = 0, **said: Any
    ) -> tuple[Refusal, ...]:
        return judge(self.case, self.act(kind, by, day, **said), self.world)

    @property
    def last(self) -> Act:
        return self.case.acts[-1]


def served(of: str, day: date | str, **changes: Any) -> dict[str, Any]:
    return {"of": of, "method": "direct", "received_by": "周正", "served_on": str(day)} | changes


def filed(**changes: Any) -> Story:
    """Filed on 2026-03-03."""
    story = Story().do("propose-filing", **filing(**changes))
    return story.do("approve-filing", ZHAO, 1, opinion="同意立案")


def concluded(story: Story | None = None, fine: int = 6_000_000, **flags: Any) -> Story:
    story = story or filed()
    return story.do(
        "conclude-investigation", day=10, violations=[VIOLATION], facts="事实清楚，证据确凿",
        outcome="penalty", **penalty(fine), **flags,
    )  # fmt: skip


def reviewed(story: Story) -> Story:
    story.do("submit-legal-review")
    return story.do("review-legality", QIAN, 2, opinion="agree", text="同意", first_time=False)


def notified(story: Story | None = None, fine: int = 6_000_000) -> Story:
    """Told of the penalty and of the right to a hearing; both notices served the same day."""
    story = story or reviewed(concluded(fine=fine))
    story.do("notify-penalty", day=1, facts="无防护装置", **penalty(fine))
    story.do("serve", **served("penalty-notice", story.on))
    if fine >= 5_000_000:
        story.do("notify-hearing")
        story.do("serve", **served("hearing-notice", story.on))
    return story


def waived(story: Story) -> Story:
    return story.do("waive", day=1, right="both", signed_by="周正", signed_on=str(story.on))


def approved(story: Story, fine: int = 6_000_000) -> Story:
    story.do("submit-decision", day=1, outcome="penalty", opinion="建议处罚", **penalty(fine))
    if fine >= 3_000_000:
        story.do("deliberate", ZHAO, 1, **deliberation(fine))
    return story.do("approve-decision", ZHAO, 1, outcome="penalty", opinion="同意", **penalty(fine))


def deliberation(fine: int = 6_000_000) -> dict[str, Any]:
    return {
        "from": "2026-04-01T09:00:00+08:00", "until": "2026-04-01T10:00:00+08:00", "place": "会议室",
        "chair": "赵明远", "reporter": "张岳", "recorder": "孙平", "record": "一致同意", "conclusion": "agree",
        "attendees": [{"name": "赵明远", "post": "局长", "head": True},
                      {"name": "吴立", "post": "副局长", "head": True}],
    } | penalty(fine)  # fmt: skip


def decided(fine: int = 6_000_000) -> Story:
    story = approved(waived(notified(fine=fine)), fine)
    return story.do("decide", day=1, **penalty(fine))


def in_force(fine: int = 6_000_000) -> Story:
    """Served and published."""
    story = decided(fine)
    story.do("serve", day=1, **served("decision", story.on + timedelta(1)))
    return story.do("publish", where="信用中国（山西）", published_on=str(story.on))


def paid_in_full(story: Story, amount: int) -> Story:
    return story.do(
        "pay", day=3, towards="fine", amount=amount, paid_on=str(story.on + timedelta(3)),
        method="bank", receipt="No.0001",
    )  # fmt: skip


def archived(story: Story) -> Story:
    story.do("propose-closing", performance="已缴清", opinion="建议结案", receipts=["No.0001"])
    story.do("endorse-closing", WANG, 1, agreed=True, opinion="同意")
    story.do("close", ZHAO, 1, opinion="同意结案")
    return story.do("archive", WANG, 5, number="2026-罚-001", kept="permanent")


def not_penalised() -> Story:
    """Slight and set right in time: nobody is told of a penalty, none is given; archived."""
    none: dict[str, Any] = {"outcome": "no-penalty", "opinion": "拟不予处罚"}
    story = filed(violations=[NOT_FINED])
    story.do("conclude-investigation", day=10, violations=[NOT_FINED], facts="已及时改正",
             outcome="no-penalty", opinion="建议不予处罚")  # fmt: skip
    reviewed(story).do("submit-decision", ground="slight", **none)
    story.do("approve-decision", ZHAO, 1, **none)
    story.do("decide-no-penalty", ground="slight", reason="及时改正", education="已当面教育")
    story.do("serve", **served("decision", story.on))
    story.do("propose-closing", performance="无需执行", opinion="建议结案", receipts=[])
    story.do("endorse-closing", WANG, 1, agreed=True, opinion="同意")
    story.do("close", ZHAO, 1, opinion="同意结案")
    return story.do("archive", WANG, 5, number="2026-罚-003", kept="permanent")


def ended() -> Story:
    """Terminated soon after it was filed, and archived: the shortest file."""
    story = filed().do(
        "terminate", ZHAO, 10, kind="terminated", findings="企业已注销", reason="当事人主体消灭"
    )
    return story.do("archive", WANG, 5, number="2026-罚-002", kept="permanent")


def with_a_hearing() -> Story:
    """The party asks for a hearing in time; it is held; reviewed again after it."""
    story = notified()
    story.do("request-hearing", day=3, person="周正", asked_on=str(story.on + timedelta(3)))
    story.do(
        "notify-hearing-session", day=1, hearing_on=str(story.on + timedelta(20)), time="9:00",
        place="会议室", public=True, chair=QIAN.number, chair_name="钱敏", chair_post="法规股股长",
        assessors=[], clerk="孙平", received_on=str(story.on + timedelta(1)),
    )  # fmt: skip
    story.do("hold-hearing", QIAN, 20, **hearing())
    story.do("report-hearing", QIAN, 1, summary="当事人请求从轻", opinion="事实清楚，建议维持")
    return reviewed(story)


def hearing() -> dict[str, Any]:
    return {
        "from": "2026-04-20T09:00:00+08:00", "until": "2026-04-20T11:00:00+08:00", "place": "会议室",
        "attendees": [{"name": "周正", "role": "当事人"}, {"name": "张岳", "role": "承办人"}],
        "text": "记录在案", "signed": True,
    }  # fmt: skip


def hearing_and_instalments() -> Story:
    """The ordinary case of the issue, up to the archive."""
    story = approved(with_a_hearing())
    story.do("decide", day=1, **penalty())
    story.do("serve", day=1, **served("decision", story.on + timedelta(1)))
    story.do("publish", where="信用中国（山西）", published_on=str(story.on))
    first, second = story.on + timedelta(30), story.on + timedelta(60)
    story.do(
        "allow-instalments", ZHAO, 5, applied_on=str(story.on + timedelta(4)), reason="资金周转困难",
        instalments=[{"due_on": str(first), "amount": 2_000_000},
                     {"due_on": str(second), "amount": 4_000_000}],
    )  # fmt: skip
    for due, amount in ((first, 2_000_000), (second, 4_000_000)):
        story.do("pay", day=str(due), towards="fine", amount=amount, paid_on=str(due), method="bank",
                 receipt="No.0001")  # fmt: skip
    return archived(story)


def on_the_spot() -> Story:
    """The summary case of the issue, up to the archive."""
    story = Story()
    story.do("begin-summary", **filing("summary@2021"), certificate_shown=True)
    story.do("notify-penalty", facts="未戴安全帽", **penalty(10_000))
    story.do(
        "state-and-defend", person="周正", text="没有意见", accepted="none", considered="事实清楚"
    )
    story.do("decide", **penalty(10_000))
    story.do("serve", **served("decision", story.on))
    story.do(
        "pay", towards="fine", amount=10_000, paid_on=str(story.on), method="cash", receipt="1"
    )
    story.do("report-summary", day=1, reported_on=str(story.on + timedelta(1)), received_by="孙平")
    story.do("hand-in-cash", handed_in_on=str(story.on))
    story.do("bank-cash", day=1, banked_on=str(story.on + timedelta(1)), receipt="2")
    story.do("publish", where="信用中国（山西）", published_on=str(story.on))
    return archived(story)


def transferred() -> Story:
    """To the police, and back since no crime was found."""
    story = filed().do("propose-transfer", day=4, report="涉嫌危险作业罪", crime="危险作业罪")
    return to_the_police(story)


def to_the_police(story: Story) -> Story:
    """The head has the report before him and transfers the case."""
    return story.do(
        "transfer",
        ZHAO,
        1,
        kind="crime",
        organ="河津市公安局",
        reason="涉嫌危险作业罪",
        materials=["案卷"],
    )


def revoked_and_reopened() -> Story:
    """Revoked by the review organ, withdrawn from the web, decided anew, and archived."""
    story = in_force()
    story.do("record-challenge", day=20, kind="review", organ="河津市人民政府",
             accepted_on=str(story.on + timedelta(20)))  # fmt: skip
    story.do(
        "review-outcome",
        day=40,
        outcome="revoked",
        received_on=str(story.on + timedelta(40)),
        redo=True,
    )
    story.do(
        "withdraw-publication",
        day=1,
        where="信用中国（山西）",
        withdrawn_on=str(story.on),
        reason="复议撤销",
    )
    story.do("reopen", ZHAO, 1, reason="复议机关责令重新作出")
    concluded(story, 4_000_000)
    story.do("notify-penalty", day=1, facts="无防护装置", **penalty(4_000_000))
    story.do("serve", **served("penalty-notice", story.on))
    waived(story)
    approved(story, 4_000_000)
    story.do("decide", day=1, **penalty(4_000_000))
    story.do("serve", day=1, **served("decision", story.on + timedelta(1)))
    story.do("publish", where="信用中国（山西）", published_on=str(story.on))
    return archived(paid_in_full(story, 4_000_000))


def revoked_by_the_court(**said: Any) -> Story:
    """A fine of sixty thousand in force, revoked by the court, and withdrawn from the web."""
    story = in_force()
    story.do("record-challenge", day=10, kind="lawsuit", organ="河津市人民法院",
             accepted_on=str(story.on + timedelta(10)))  # fmt: skip
    story.do(
        "review-outcome",
        day=20,
        outcome="revoked",
        received_on=str(story.on + timedelta(20)),
        **said,
    )
    return story.do("withdraw-publication", day=1, where="信用中国（山西）", withdrawn_on=str(story.on),
                    reason="判决撤销")  # fmt: skip


BY_2026 = "ordinary@2026"
"""The procedure under which every approval is asked for, and is an act of who gives it."""


def filed_2026(**changes: Any) -> Story:
    """Filed on 2026-03-03 under the procedure of 2026."""
    story = Story().do("propose-filing", **filing(BY_2026, **changes))
    return story.do("approve-filing", ZHAO, 1, opinion="同意立案")


def asked(story: Story, measure: str, **said: Any) -> Story:
    """Put to the head by the handlers."""
    return story.do("request-measure", measure=measure, reason="事由", opinion="拟同意", **said)


def granted(story: Story, measure: str, **said: Any) -> Story:
    """Put to the head, endorsed, and agreed to."""
    asked(story, measure, **said)
    story.do("endorse-measure", WANG, measure=measure, agreed=True, opinion="拟同意")
    return story.do("approve-measure", ZHAO, 1, measure=measure, agreed=True, opinion="同意")


def reported(story: Story | None = None) -> Story:
    """Concluded, and the report agreed to by section, legal reviewer and head."""
    story = concluded(story or filed_2026())
    story.do("endorse-measure", WANG, measure="report", agreed=True, opinion="事实清楚")
    story.do("advise-measure", QIAN, measure="report", agreed=True, opinion="程序合法")
    return story.do("approve-measure", ZHAO, 1, measure="report", agreed=True, opinion="同意")


def handed_to_the_police() -> Story:
    """A crime is suspected: the head decides, the police take the case, the things follow in three days."""
    story = filed_2026().do("propose-transfer", report="涉嫌危险作业罪", crime="危险作业罪")
    story.do("endorse-measure", WANG, measure="transfer", agreed=True, opinion="建议移送")
    story.do("transfer", ZHAO, 1, kind="crime", organ="河津市公安局", reason="涉嫌犯罪", materials=["案卷"],
             opinion="同意移送")  # fmt: skip
    story.do("send-transfer", sent_at="2026-03-04T15:00:00+08:00", received_by="李警官")
    story.do("record-police-answer", day=2, outcome="filed", organ="河津市公安局", number="河公立字1号",
             received_on="2026-03-06")  # fmt: skip
    return story.do("hand-over", day=1, things=[{"name": "报警控制器", "amount": "壹台"}], organ="河津市公安局",
                    materials=["检查记录"], handed_on="2026-03-07", received_by="李警官")  # fmt: skip


def every_story() -> Iterator[tuple[str, Case]]:
    yield "hearing-and-instalments", hearing_and_instalments().case
    yield "on-the-spot", on_the_spot().case
    yield "transferred", transferred().case
    yield "revoked-and-reopened", revoked_and_reopened().case
