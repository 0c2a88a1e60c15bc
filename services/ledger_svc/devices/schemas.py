"""Shapes of enrolments, devices and reports on the wire (平板)."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from services.kit.wire import ClockBody, Instant, Name, Text, Wire

Reason = Annotated[Text, StringConstraints(max_length=200)]
Count = Annotated[int, Field(ge=0, le=10_000_000)]
PublicKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{43}$")]
Nonce = Annotated[str, StringConstraints(min_length=8, max_length=64)]
State = Literal["active", "frozen", "wipe_requested", "wiped"]


class EnrolmentRecord(Wire):
    """What the administrator asks for: one device more in a unit (发放注册码)."""

    unit: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{2,12}$")]
    gateway: Annotated[str, StringConstraints(pattern=r"^https?://\S{1,200}$")] = Field(
        description="平板今后访问的服务器地址，写入二维码"
    )


class Enrolment(EnrolmentRecord):
    """An enrolment: its one-time code, and the text of its QR code (注册码)."""

    id: UUID
    region: str
    code: str
    qr: str = Field(description="二维码的内容：zhifa-enrol:1:<服务器地址>:<注册码>")
    expires_at: Instant
    device: UUID | None = Field(description="已用此注册码注册的平板")
    used_at: Instant | None


class DeviceRecord(Wire):
    """What a device says of itself when it is enrolled (注册平板)."""

    code: Annotated[str, StringConstraints(min_length=6, max_length=40)]
    public_key: PublicKey = Field(description="Ed25519 公钥，32 字节，base64url")
    name: Name
    model: Annotated[Text, StringConstraints(max_length=200)]
    platform: Annotated[Text, StringConstraints(max_length=200)]


class AttestationBody(Wire):
    """The office's word on the device's key (平板证书), as the QR codes of documents carry it.

    `signature`: Ed25519 by the claims key over what lawbook.proof.attested spells; base64url.
    """

    unit: str
    unit_name: str
    since: date = Field(description="自此日起有效")
    until: date = Field(description="至此日有效（含当日）")
    key: str = Field(description="签发公钥的编号：其 SHA-256 的前 16 位")
    signature: str


class Enrolled(Wire):
    """What a device is told when it is enrolled (注册结果)."""

    id: UUID
    unit: str
    unit_name: str
    region: str
    state: State
    server_time: Instant
    attestation: AttestationBody | None = Field(description="停用的平板没有")


class Versions(Wire):
    """What a device runs with (版本)."""

    app: Name
    store: Annotated[int, Field(ge=0, le=100_000)] = Field(description="本机库结构的版本")
    packs: dict[Name, Name] = Field(max_length=500, description="内容包 → 版本")


class Told(Wire):
    """What a device tells of itself in a report (上报内容)."""

    unsent_letters: Count
    unsent_files: Count
    unfinished: Count = Field(description="已开始、尚未结束的检查和复查")
    oldest_unsent_at: Instant | None
    versions: Versions
    clock: ClockBody
    set_aside: Count = Field(default=0, description="不记得原口令而封存的记录，份数")
    set_aside_letters: Count = Field(default=0, description="其中未送达的信件")


class ReportBody(Told):
    """A report of a device, signed by its key (平板上报).

    `signature`: Ed25519 over the canonical JSON (sorted keys, UTF-8, no spaces) of this body
    without `signature` and with `device`, the device's id; base64url.
    """

    number: Annotated[int, Field(ge=1)] = Field(description="上报序号，每次加一，从不重复")
    nonce: Nonce | None = Field(description="上一次应答给出的 nonce；从未得到过的为空")
    reported_at: Instant
    wiped: bool = Field(default=False, description="已按要求擦除")
    signature: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{86}$")]


class ReportAnswer(Wire):
    """What a device is told in return (上报应答)."""

    state: State
    reason: str
    cloned: bool
    server_time: Instant
    nonce: str
    offline_days: int = Field(description="无网络时允许登录的天数，自本次应答起算")
    grant: str | None = Field(description="签名的授权（JWT，aud zhifa-grant）；停用的平板没有")
    attestation: AttestationBody | None = Field(description="停用的平板没有")


class StateRecord(Wire):
    """What the administrator decides about a device (冻结、解冻、要求擦除)."""

    state: Literal["active", "frozen", "wipe_requested"]
    reason: Reason = ""


class DeviceOfficer(Wire):
    """Somebody who has signed in on a device (使用人)."""

    account: str
    officer: str
    name: str
    first_at: Instant
    last_at: Instant


class Device(Wire):
    """A device as the office knows it (平板)."""

    id: UUID
    unit: str
    region: str
    name: str
    model: str
    platform: str
    public_key: str = Field(description="注册时登记的 Ed25519 公钥，base64url")
    enrolled_at: Instant
    state: State
    state_at: Instant
    state_by: str
    reason: str
    cloned_at: Instant | None = Field(description="发现被复制或从备份恢复的时间")
    contacted_at: Instant | None
    report: Told | None
    skew: int | None = Field(description="上报时平板时钟快于服务器的秒数")
    officers: list[DeviceOfficer]


class DevicePage(Wire):
    """A page of devices."""

    items: list[Device]
    next: str | None
