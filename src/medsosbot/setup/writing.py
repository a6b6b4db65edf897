"""Writing what `init` found into the config, with everything else kept. Whole or not at all."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from medsosbot.errors import SettingsError, SetupError
from medsosbot.files import write_whole
from medsosbot.options import Destination, Secrets, Settings, Staff
from medsosbot.settings.load import load
from medsosbot.setup import taps, yaml_edit

NEW = """\
# The config of medsosbot. Tokens and keys never stand in this file: they are in secrets.env beside it.

timezone: Asia/Makassar              # WITA; Asia/Jakarta is WIB, Asia/Jayapura is WIT

destinations:                        # where items go; the name is used in files, in status and in commands
  - name: kanal
    platform: mock                   # telegram | x | mock
    like: telegram
"""
STAFF_COMMENT = "# the team's own group: notices and questions come here, editors answer here"
BY_HAND = (
    "Konfigurasi {file} tidak dapat diubah dengan aman, jadi dibiarkan seperti semula. Ubah sendiri:\n{lines}\n"
    "lalu jalankan `medsosbot check --online`."
)


@dataclass(frozen=True)
class Wish:
    """What the config has to say. channel: as the config names it; name: of its destination, None for the usual one.

    x: X becomes a real destination.
    """

    channel: str | int
    staff: int
    editors: tuple[int, ...]
    x: bool
    name: str | None = None


@dataclass(frozen=True)
class Change:
    """old: the text that stands there, None for a new file. wanted: what has to be read from the new text."""

    file: Path
    old: str | None
    new: str
    wanted: Settings


def plan(settings: Settings, wish: Wish) -> Change:
    """The config's new text, read again to be sure that it says what is wished and nothing else changed.

    settings: of the config as it stands, without the environment. Raises SetupError with the way by hand.
    """
    file = Path(os.path.realpath(settings.config_file))
    old = read_text(file)
    wanted = replace(
        settings,
        destinations=_destinations(settings.destinations, wish),
        staff=Staff(wish.staff, dict(settings.staff.members) | dict.fromkeys(wish.editors, "editor")),
    )
    try:
        new = _staff(_places(NEW if old is None else old, settings, wanted), settings, wanted)
        if _reads_as(settings.config_file, new, wanted):
            return Change(file, old, new, wanted)
    except LookupError:
        pass
    raise SetupError(BY_HAND.format(file=file, lines=_lines(wanted)))


def current(file: Path, environ: Mapping[str, str]) -> Settings:
    """The config as it stands; where there is none, the one that would be made.

    Raises SettingsError, and SetupError where the folder can't be written.
    """
    file = Path(os.path.abspath(file))  # noqa: PTH100  not resolved: a symlinked config stays where it is
    if not writable(file.parent):
        raise SetupError(taps.NOT_WRITABLE.format(folder=file.parent))
    return load(file, environ) if file.exists() else _read(file, NEW, environ)


def read_text(file: Path) -> str | None:
    """The config's text with its line breaks; None where there is none."""
    try:
        return file.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None


def writable(folder: Path) -> bool:
    """May files be made there? A folder that isn't there yet is made in the nearest that is."""
    there = next(p for p in (folder, *folder.parents) if p.exists())
    return there.is_dir() and os.access(there, os.W_OK | os.X_OK)


def write(change: Change) -> tuple[Path, ...]:
    """Put the new config in place, the old one stays as `.bak`; what was written. Nothing is written twice."""
    if change.new == change.old:
        return ()
    kept = None
    if change.old is not None:
        kept = change.file.with_name(change.file.name + ".bak")
        write_whole(kept, change.old, _mode(change.file))
    write_whole(change.file, change.new, _mode(change.file))
    return (change.file,) if kept is None else (change.file, kept)


def _destinations(old: tuple[Destination, ...], wish: Wish) -> tuple[Destination, ...]:
    """The channel takes the place of a rehearsal, so that its name in files and commands stays; X likewise."""
    found = list(old)
    _make_real(found, "telegram", wish.name or "kanal", wish.channel, wish.name)
    if wish.x:
        _make_real(found, "x", "x", None, None)
    return tuple(found)


def _make_real(found: list[Destination], platform: str, usual: str, chat: str | int | None, name: str | None) -> None:
    at = place_of(tuple(found), platform, name)
    if at is not None:
        found[at] = replace(found[at], platform=platform, chat=chat, like="telegram")
        return
    taken = {d.name.casefold() for d in found}
    free = next(n for n in (usual, *(f"{usual}-{k}" for k in range(2, 99))) if n.casefold() not in taken)
    found.append(Destination(name=free, platform=platform, chat=chat))


def place_of(destinations: tuple[Destination, ...], platform: str, name: str | None = None) -> int | None:
    """Which destination is, or becomes, the one of this platform: the named one, the real one, or its rehearsal."""
    fits: list[Callable[[Destination], bool]] = [
        lambda d: name is not None and d.name == name,
        lambda d: name is None and d.platform == platform,
        lambda d: name is None and d.platform == "mock" and d.like == platform,
    ]
    for fit in fits:
        for at, destination in enumerate(destinations):
            if fit(destination):
                return at
    return None


def _places(text: str, old: Settings, wanted: Settings) -> str:
    for at, (before, after) in enumerate(zip(old.destinations, wanted.destinations, strict=False)):
        if before != after:
            text = _place(text, ("destinations", at), after)
    for added in wanted.destinations[len(old.destinations) :]:
        pairs = {"name": added.name, "platform": added.platform}
        text = yaml_edit.add_member(text, ("destinations",), pairs | _chat(added))
    return text


def _place(text: str, path: yaml_edit.Path, after: Destination) -> str:
    text = yaml_edit.set_value(text, (*path, "platform"), after.platform)
    chat, like = _chat(after), (*path, "like")
    if chat and yaml_edit.has(text, like) and not yaml_edit.has(text, (*path, "chat")):
        return yaml_edit.replace_pair(text, like, "chat", chat["chat"])
    text = yaml_edit.drop_pair(text, like)
    if chat:
        return yaml_edit.set_value(text, (*path, "chat"), chat["chat"])
    return yaml_edit.drop_pair(text, (*path, "chat"))


def _chat(destination: Destination) -> dict[str, str]:
    chat = destination.chat
    return {} if chat is None else {"chat": str(chat) if isinstance(chat, int) else f'"{chat}"'}


def _staff(text: str, old: Settings, wanted: Settings) -> str:
    if not yaml_edit.has(text, ("staff",)):
        return _with_section(text, wanted.staff)
    if old.staff.chat != wanted.staff.chat:
        text = yaml_edit.set_value(text, ("staff", "chat"), str(wanted.staff.chat))
    new = [m for m, role in wanted.staff.members.items() if old.staff.members.get(m) != role]
    for member in new:
        if not yaml_edit.has(text, ("staff", "members")):
            text = yaml_edit.set_value(text, ("staff", "members"), f"{{{member}: editor}}")
        else:
            text = yaml_edit.set_value(text, ("staff", "members", str(member)), "editor")
    return text


def _with_section(text: str, staff: Staff) -> str:
    """A section of its own, above the commented example where there is one."""
    section = f"{'staff:':37}{STAFF_COMMENT}\n{_section(staff)}\n"
    example = re.search(r"^#[ \t]*staff:", text, re.MULTILINE)
    if example:
        return f"{text[: example.start()]}{section}\n{text[example.start() :]}"
    return f"{text.rstrip()}\n\n{section}"


def _section(staff: Staff) -> str:
    members = [f"    {member}: {role}" for member, role in staff.members.items()]
    return "\n".join([f"  chat: {staff.chat}", "  members:", *members])


def _lines(wanted: Settings) -> str:
    """The config's sections as a person would write them."""
    lines = ["destinations:"]
    for d in wanted.destinations:
        pairs = {"name": d.name, "platform": d.platform} | _chat(d) | ({"like": d.like} if d.platform == "mock" else {})
        lines.append("  - {" + ", ".join(f"{k}: {v}" for k, v in pairs.items()) + "}")
    return "\n".join([*lines, "staff:", _section(wanted.staff)])


def _reads_as(file: Path, text: str, wanted: Settings) -> bool:
    """Does the whole text, read as the config in that folder, mean this?"""
    try:
        return _plain(_read(file, text, {})) == _plain(wanted)
    except SettingsError:
        return False


def _read(file: Path, text: str, environ: Mapping[str, str]) -> Settings:
    draft = file.with_name(f".{file.name}.draft")
    file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(draft, text)
    try:
        return replace(load(draft, environ), config_file=file)
    finally:
        draft.unlink(missing_ok=True)


def _plain(settings: Settings) -> Settings:
    return replace(settings, config_file=Path(), secrets=Secrets(), unknown_variables=())


def _mode(file: Path) -> int:
    try:
        return stat.S_IMODE(file.stat().st_mode)
    except FileNotFoundError:
        return 0o644
