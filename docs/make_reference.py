"""Writes docs/config.md: the table of every config key, from the schema. `make docs` renews it, a test finds it stale.

The schema gives the keys, their defaults and their environment variables; what a key may be and what it does is told
here, with an example that the test hands to the real loader. A key without words here, or words without a key, fail.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from medsosbot.settings import secrets
from medsosbot.settings.schema import SECTIONS, DestinationKeys, Keys, one_value_keys

FILE = Path(__file__).with_name("config.md")
IN_A_LIST = "destinations[]"


@dataclass(frozen=True)
class Told:
    """What a key may be, what it does, and an example as it stands behind the key."""

    may_be: str
    does: str
    example: str


@dataclass(frozen=True)
class Key:
    """One row. default: as it would be written; variable: what overrides it, "" where nothing does; built: can it be
    switched on yet?"""

    path: str
    default: str
    variable: str
    built: bool


TELLS = {
    "timezone": Told(
        "a name of the zone database",
        "The zone of every time that is read or shown: `Asia/Makassar` (WITA), `Asia/Jakarta`, `Asia/Jayapura`.",
        "Asia/Jakarta",
    ),
    "database": Told(
        "`sqlite:///…`",
        "The record. Three slashes begin at the project's folder, four are absolute. Never on a network drive.",
        "sqlite:////var/lib/medsosbot/medsosbot.db",
    ),
    "queue": Told("a folder", "Where releases are put. It may be a network share.", "antrean"),
    "words": Told(
        "a folder", "The rules of shortening; a file that is missing there comes with the program.", "config/words"
    ),
    "office.name": Told("one line", "What the bot's `/start` calls the office.", "KPU Provinsi Kalimantan Timur"),
    "office.site": Told(
        "a web address", "What `/start` names, so that people can tell the bot from a fake.", "https://kaltim.kpu.go.id"
    ),
    "destinations[].name": Told(
        "a letter or digit, then letters, digits, `-`, `_`, `.`; at most 40",
        "How files, commands, status and notices call it. Renaming makes a new destination.",
        "kanal",
    ),
    "destinations[].platform": Told("`telegram`, `x` or `mock`", "`mock` is a rehearsal: nothing leaves.", "telegram"),
    "destinations[].chat": Told(
        "`@name` in quotes, or a number",
        "Telegram alone: the channel. A private one has only a number.",
        '"@kpukaltim"',
    ),
    "destinations[].like": Told("`telegram` or `x`", "A mock alone: whose style the rehearsal borrows.", "x"),
    "destinations[].link": Told(
        "`always` or `never`", "The release's link in the post. On X a post with a link costs more.", "never"
    ),
    "destinations[].thread": Told("`false`", "Up to five chained posts on X.", "false"),
    "destinations[].long": Told("`auto`", "How Telegram shows photos with a long text.", "auto"),
    "staff.chat": Told(
        "a group's number",
        "The team's own group: notices and questions come here, editors answer here.",
        "-1001234567890",
    ),
    "staff.members": Told(
        "`number: editor` or `number: penulis`",
        "Who may what, by the person's Telegram number: an editor decides, a penulis may ask `/status`.",
        "{123456789: editor}",
    ),
    "telegram.api_url": Told(
        "a web address", "Another Bot API server, or the fake one of the tests.", "http://127.0.0.1:8081"
    ),
    "telegram.poll": Told("`true` or `false`", "The bot that answers the public and the staff chat.", "false"),
    "telegram.per_minute": Told(
        "0 to 100000", "Posts and notices in one chat within a minute, and at most one a second; 0: neither.", "15"
    ),
    "telegram.per_second": Told("0 to 100000", "In all chats together; 0: no limit.", "20"),
    "x.api_url": Told("a web address", "The fake server of the tests.", "http://127.0.0.1:8082"),
    "x.per_15_minutes": Told("0 to 100000", "Posts within 15 minutes; 0: no limit.", "50"),
    "x.price": Told("`null`", "What X charges, for counting.", "null"),
    "x.budget_month": Told("`null`", "What X may cost in a month.", "null"),
    "checks.weekday": Told("`hold` or `ignore`", "A weekday that contradicts its date.", "ignore"),
    "checks.link": Told("`hold` or `ignore`", "A release without `url`.", "hold"),
    "checks.stale_after_days": Told(
        "0 to 36500, or `null`", "News that is older than this when it is due; `null`: never.", "14"
    ),
    "checks.sensitive": Told("a list", "Words in the title or the first sentence.", '[korupsi, "tindak pidana"]'),
    "checks.personal_data": Told(
        "`hold` or `ignore`", "A NIK or KK number, a mobile number, an e-mail address outside go.id.", "ignore"
    ),
    "checks.personal_data_allow": Told(
        "a list", "The office's own numbers and addresses, which may stand in a release.", '["0811-5555-1234"]'
    ),
    "checks.alt_text": Told("`ignore`", "A photo without alt text.", "ignore"),
    "checks.approval": Told("`hold` or `ignore`", "Every item waits for a person's release.", "hold"),
    "timetable.slots": Told(
        "a list of times",
        "Each takes one item per destination; without slots an item is due at once.",
        '["08:00", "16:00"]',
    ),
    "timetable.gap_minutes": Told("0 to 10080", "Between two posts at one destination.", "10"),
    "timetable.quiet": Told("`from-to`", "Only urgent items pass; its end is no longer quiet.", '"21:00-06:00"'),
    "timetable.late_hours": Told(
        "0.1 to 87600, or `null`", "Due longer ago than this, after an outage or a pause: held; `null`: never.", "6"
    ),
    "reconcile.after_seconds": Told(
        "1 to 3600", "How long after an uncertain post the platform is asked, and again after that; 60 or more.", "90"
    ),
    "reconcile.resends": Told(
        "0 to 99", "How often a post that is surely absent is sent again by itself; then a person decides.", "0"
    ),
}

SECRETS = {
    "MEDSOSBOT_TELEGRAM_TOKEN": "the bot that publishes, from @BotFather",
    "MEDSOSBOT_BOT_TOKEN": "a second bot, for the public; without it the same one does both",
    "MEDSOSBOT_X_API_KEY": "X: the app's API key",
    "MEDSOSBOT_X_API_SECRET": "X: the app's API key secret",
    "MEDSOSBOT_X_ACCESS_TOKEN": "X: the account's access token",
    "MEDSOSBOT_X_ACCESS_SECRET": "X: the account's access token secret",
}
OTHERS = {
    "MEDSOSBOT_CONFIG": "which config; `--config` wins over it",
    "MEDSOSBOT_LOG_LEVEL": "`debug`, `info`, `warning` or `error`",
}

HEAD = """\
# The config, key by key

<!-- Written by docs/make_reference.py from the schema; `make docs` renews it. -->

`config/medsosbot.yaml` holds all of it; `medsosbot check` tells every fault at once, with its line. Times are of
`timezone`; `null`, `~` and an empty value mean none where none is allowed; `true` and `false` are the only yes and no.
A key whose feature isn't built yet is told as a fault as soon as it asks for more than "off".
"""
VARIABLES = """\
## Environment
Any key that is one value is overridden by its variable (`null` takes the value away). An unknown `MEDSOSBOT_…` is told
and has no effect. Secrets never stand in the config: they come from these variables, each also as `NAME_FILE` (a file
that holds the one value), or from `config/secrets.env` (`NAME=value` lines, mode 0600). The environment wins.
"""


def every_key() -> Iterator[Key]:
    """Every key of the schema, in its order."""
    singles = one_value_keys()
    for name, field in Keys.model_fields.items():
        if name == "destinations":
            yield from (_key(f"{IN_A_LIST}.{n}", f, ()) for n, f in DestinationKeys.model_fields.items())
        elif name in SECTIONS:
            for n, f in SECTIONS[name].model_fields.items():
                yield _key(f"{name}.{n}", f, (name, n) if (name, n) in singles else ())
        else:
            yield _key(name, field, (name,))


def text() -> str:
    """The whole page."""
    return "\n".join([HEAD, *_tables(), VARIABLES, *_variables()])


def _key(path: str, field: FieldInfo, variable: tuple[str, ...]) -> Key:
    name = "MEDSOSBOT_" + "__".join(variable).upper() if variable else ""
    return Key(path, _default(path, field), name, field.annotation is not type(None))


def _default(path: str, field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    if value is PydanticUndefined:
        return "must be given"
    if path == "database":
        return f"`sqlite:///{value}`"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, float):
        return f"`{value:g}`" if value else "none"
    if value is None or value == [] or value == {}:
        return "none"
    return f"`{value}`"


def _tables() -> Iterator[str]:
    sections: dict[str, list[Key]] = {}
    for key in every_key():
        sections.setdefault(key.path.rpartition(".")[0], []).append(key)
    for section, members in sections.items():
        title = {"": "The project", IN_A_LIST: "destinations, a list"}.get(section, section)
        yield f"## {title}\n\n| key | may be | default | what it does |\n|---|---|---|---|"
        yield from (_row(key) for key in members)
        yield ""


def _row(key: Key) -> str:
    told = TELLS[key.path]
    does = told.does if key.built else f"{told.does} **Not built yet.**"
    return f"| `{key.path.removeprefix(IN_A_LIST + '.')}` | {told.may_be} | {key.default} | {does} |"


def _variables() -> Iterator[str]:
    yield "| variable | is |\n|---|---|"
    yield from (f"| `{k.variable}` | `{k.path}` |" for k in every_key() if k.variable and k.built)
    yield from (f"| `{name}` | {words} |" for name, words in OTHERS.items())
    yield "\n| secret | is |\n|---|---|"
    yield from (f"| `{name}` | {SECRETS[name]} |" for name in secrets.NAMES)
    yield ""


def main() -> None:
    """Write the page, or with --check only say whether it is current."""
    if "--check" in sys.argv:
        sys.exit(0 if FILE.read_text(encoding="utf-8") == text() else f"{FILE} is stale: make docs")
    FILE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
