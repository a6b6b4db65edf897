"""secrets.env beside the config: written whole, for its owner alone, and out of git."""

from __future__ import annotations

import re
from pathlib import Path

from medsosbot.files import write_whole
from medsosbot.options import Secrets
from medsosbot.settings.secrets import FILE_NAME, NAMES


def write(folder: Path, secrets: Secrets) -> tuple[Path, ...]:
    """Put these secrets into secrets.env (0600), its other lines kept; what was written. folder: of the config."""
    file = folder / FILE_NAME
    folder.mkdir(parents=True, exist_ok=True)
    text = old = file.read_text(encoding="utf-8-sig") if file.exists() else ""
    for name, field in NAMES.items():
        if value := getattr(secrets, field):
            text = _with_line(text, name, value)
    _ignore(folder)  # before there is anything to keep out of git
    if text == old:
        return ()
    write_whole(file, text, 0o600)
    return (file,)


def _with_line(text: str, name: str, value: str) -> str:
    line = f"{name}={value}"
    known = re.compile(rf"^[ \t]*(?:export\s+)?{name}[ \t]*=.*$", re.MULTILINE)
    if known.search(text):
        return known.sub(lambda _: line, text, count=1)
    return f"{text}{'' if not text or text.endswith(chr(10)) else chr(10)}{line}\n"


def _ignore(folder: Path) -> None:
    """Inside a git checkout the secrets are ignored; a .gitignore beside them says so where no other does."""
    folder = folder.absolute()
    top = next((p for p in (folder, *folder.parents) if (p / ".git").exists()), None)
    if top is None:
        return
    inside = [p for p in (folder, *folder.parents) if p.is_relative_to(top)]
    texts = [(p / ".gitignore").read_text(encoding="utf-8", errors="replace") for p in inside if _is_there(p)]
    if not any(FILE_NAME in text for text in texts):
        own = folder / ".gitignore"
        before = own.read_text(encoding="utf-8") if own.exists() else ""
        write_whole(own, f"{before}{FILE_NAME}\n*.bak\n")


def _is_there(folder: Path) -> bool:
    return (folder / ".gitignore").is_file()
