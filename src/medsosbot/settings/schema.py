"""The config's keys: which there are, of what type, and what holds where one is left out (pydantic models)."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from medsosbot.options import Quiet
from medsosbot.platforms import REGISTRY
from medsosbot.platforms.styles import LOOKS
from medsosbot.settings import values
from medsosbot.settings.values import WrongValueError


def _section(value: Any) -> Any:
    if value is None:  # `checks:` whose keys are all commented out
        return {}
    if not isinstance(value, dict):
        raise WrongValueError(f"{values.shown(value)}: a section with keys is wanted here", "indent its keys below it")
    return value


def _list(value: Any) -> Any:
    if value is None:
        return []
    if not isinstance(value, list):
        raise WrongValueError(
            f"{values.shown(value)}: a list is wanted here", "write [one, two], or lines that begin with '- '"
        )
    return value


def _mapping(value: Any) -> Any:
    if isinstance(value, dict):
        for key in value:
            if not key.isascii() or not key.isdigit() or int(key) == 0:
                raise WrongValueError(
                    f"{values.shown(key)} is no person's number", "/id tells it to whoever asks the bot"
                )
    return _section(value)


def _platform(value: Any) -> str:
    return values.one_of(*REGISTRY)(value)


def _look(value: Any) -> str:
    return values.one_of(*LOOKS)(value)


T = TypeVar("T")
Listed = Annotated[list[T], BeforeValidator(_list)]
Text = Annotated[str, PlainValidator(values.text)]
MaybeText = Annotated[str | None, PlainValidator(values.optional(values.text))]
Flag = Annotated[bool, PlainValidator(values.flag)]
Hold = Annotated[str, PlainValidator(values.one_of("hold", "ignore"))]
Clock = Annotated[time, PlainValidator(values.clock_time)]
Address = Annotated[str, PlainValidator(values.address)]
PerTime = Annotated[int, PlainValidator(values.whole(0, 100_000))]


class Section(BaseModel):
    """Every section refuses keys that it doesn't know."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True, arbitrary_types_allowed=True)


class OfficeKeys(Section):
    name: MaybeText = None
    site: Annotated[str | None, PlainValidator(values.optional(values.address))] = None


class DestinationKeys(Section):
    name: Annotated[str, PlainValidator(values.name)]
    platform: Annotated[str, PlainValidator(_platform)]
    chat: Annotated[str | int | None, PlainValidator(values.optional(values.chat))] = None
    like: Annotated[str, PlainValidator(_look)] = "telegram"
    link: Annotated[str, PlainValidator(values.link)] = "always"
    thread: Annotated[None, PlainValidator(values.off_only("false", None, feature="a thread"))] = None
    long: Annotated[None, PlainValidator(values.off_only("auto", None, feature="a layout for photos"))] = None


class StaffKeys(Section):
    chat: Annotated[int | None, PlainValidator(values.optional(values.group))] = None
    members: Annotated[
        dict[int, Annotated[str, PlainValidator(values.one_of("penulis", "editor"))]], BeforeValidator(_mapping)
    ] = Field(default_factory=dict)


class TelegramKeys(Section):
    api_url: Address = "https://api.telegram.org"
    poll: Flag = True
    per_minute: PerTime = 20
    per_second: PerTime = 30


class XKeys(Section):
    api_url: Address = "https://api.x.com"
    per_15_minutes: PerTime = 100
    price: Annotated[None, PlainValidator(values.off_only(None, feature="counting what X costs"))] = None
    budget_month: Annotated[None, PlainValidator(values.off_only(None, feature="a budget for X"))] = None


class ChecksKeys(Section):
    weekday: Hold = "hold"
    link: Hold = "ignore"
    stale_after_days: Annotated[int | None, PlainValidator(values.optional(values.whole(0, 36_500)))] = 7
    sensitive: Listed[Text] = Field(default_factory=list)
    personal_data: Hold = "hold"
    personal_data_allow: Listed[Text] = Field(default_factory=list)
    alt_text: Annotated[None, PlainValidator(values.off_only("ignore", None, feature="a check of photos"))] = None
    approval: Hold = "ignore"


class TimetableKeys(Section):
    slots: Listed[Clock] = Field(default_factory=list)
    gap_minutes: Annotated[float, PlainValidator(lambda v: values.optional(values.amount(10_080))(v) or 0.0)] = 0.0
    quiet: Annotated[Quiet | None, PlainValidator(values.optional(values.quiet))] = None
    late_hours: Annotated[float | None, PlainValidator(values.optional(values.amount(87_600, least=0.1)))] = 24.0


class ReconcileKeys(Section):
    after_seconds: Annotated[int, PlainValidator(values.whole(1, 3600))] = 60
    resends: Annotated[int, PlainValidator(values.whole(0, 99))] = 1


class Keys(Section):
    """The whole config."""

    timezone: Annotated[ZoneInfo, PlainValidator(values.zone)] = ZoneInfo("Asia/Makassar")
    office: Annotated[OfficeKeys, BeforeValidator(_section)] = Field(default_factory=OfficeKeys)
    database: Annotated[str, PlainValidator(values.database)] = "var/medsosbot.db"
    queue: Text = "queue"
    words: Text = "config/words"
    destinations: Annotated[
        list[Annotated[DestinationKeys, BeforeValidator(_section)]], BeforeValidator(_list), Field(min_length=1)
    ]
    staff: Annotated[StaffKeys, BeforeValidator(_section)] = Field(default_factory=StaffKeys)
    telegram: Annotated[TelegramKeys, BeforeValidator(_section)] = Field(default_factory=TelegramKeys)
    x: Annotated[XKeys, BeforeValidator(_section)] = Field(default_factory=XKeys)
    checks: Annotated[ChecksKeys, BeforeValidator(_section)] = Field(default_factory=ChecksKeys)
    timetable: Annotated[TimetableKeys, BeforeValidator(_section)] = Field(default_factory=TimetableKeys)
    reconcile: Annotated[ReconcileKeys, BeforeValidator(_section)] = Field(default_factory=ReconcileKeys)


SECTIONS: dict[str, type[BaseModel]] = {
    "office": OfficeKeys,
    "staff": StaffKeys,
    "telegram": TelegramKeys,
    "x": XKeys,
    "checks": ChecksKeys,
    "timetable": TimetableKeys,
    "reconcile": ReconcileKeys,
}
LISTS = {
    ("destinations",),
    ("staff", "members"),
    ("timetable", "slots"),
    ("checks", "sensitive"),
    ("checks", "personal_data_allow"),
}


def keys_of(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that the section at this path knows; none where no section is."""
    model: type[BaseModel] | None = Keys
    for step in path:
        model = DestinationKeys if isinstance(step, int) else SECTIONS.get(step)
    return tuple(model.model_fields) if model else ()


def one_value_keys() -> set[tuple[str, ...]]:
    """The paths of all keys that are one value, which the environment may override."""
    paths: set[tuple[str, ...]] = {(key,) for key in Keys.model_fields if key not in SECTIONS}
    paths |= {(section, key) for section, model in SECTIONS.items() for key in model.model_fields}
    return paths - LISTS
