from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from medsosbot.errors import SetupError
from medsosbot.options import Settings
from medsosbot.settings.load import load
from medsosbot.setup import writing
from medsosbot.setup.writing import Wish

SHIPPED = Path(__file__).parents[2] / "config" / "medsosbot.yaml"
WISH = Wish("@kpukaltim", -1001234567890, (5001,), x=False)
BOTH = Wish("@kpukaltim", -1001234567890, (5001,), x=True)
MOCKS = """
destinations:
  - {name: kanal, platform: mock, like: telegram}   # latihan
  - {name: x, platform: mock, like: x}
"""
SHAPES: Mapping[str, str] = {
    "in braces": MOCKS,
    "all on one line": "destinations: [{name: kanal, platform: mock}, {name: x, platform: mock, like: x}]\n",
    "like comes first": """destinations:
- like: telegram
  platform: mock
  name: kanal
- like: x # X
  platform: mock
  name: x
""",
    "like comes last": """
destinations:
  - name: kanal
    platform: mock
    like: telegram
  - name: x
    platform: mock
    like: x""",
    "no rehearsal of either": "destinations: [{name: latihan, platform: mock, like: x}]\n",
    "no rehearsal, as lines": """
destinations:
  - name: kanal
    platform: telegram
    chat: '@lama'
    # akhir
queue: q
""",
    "a channel of another name": "destinations:\n  - {name: k, platform: telegram, chat: -1009, link: never}\n",
    "staff without members": MOCKS + "staff: {chat: -5}\n",
    "staff in lines": MOCKS + "staff:\n  chat: -5\n  members:\n    77: editor\n    5001: penulis   # Rina\n\n# akhir\n",
    "staff in braces": MOCKS + "staff: {chat: null, members: {77: editor}}\n",
    "staff without anything": MOCKS + "staff:              # belum\n",
    "staff: null": MOCKS + "staff: ~\n",
    "members without anyone": MOCKS + "staff:\n  members: {}\n  chat: -5\n",
    "members: nothing": MOCKS + "staff:\n  members:   # nomor orang\n",
    "an example in comments": MOCKS + "#staff:\n#  chat: -5\n\nchecks: {link: hold}\n",
    "quoted keys": MOCKS + "\"staff\": {'chat': '-5'}\n",
    "Windows line breaks": (MOCKS + "staff:\n  chat: -5\nqueue: antre\n").replace("\n", "\r\n"),
    "a byte order mark": "\ufeff" + MOCKS,
    "no line break at the end": MOCKS + "queue: antre",
}


def config(folder: Path, text: str) -> Path:
    file = folder / "config" / "medsosbot.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode())
    return file


def written(file: Path, wish: Wish) -> Settings:
    """The settings that are read after the wish was written."""
    writing.write(writing.plan(load(file, {}), wish))
    return load(file, {})


@pytest.mark.parametrize("wish", [WISH, BOTH], ids=["channel", "channel and x"])
@pytest.mark.parametrize("shape", SHAPES)
def test_whatever_the_config_looks_like_it_says_what_was_wished(tmp_path: Path, shape: str, wish: Wish) -> None:
    file = config(tmp_path, SHAPES[shape])
    before = load(file, {})
    after = written(file, wish)
    channel = next(d for d in after.destinations if d.platform == "telegram")
    assert channel.chat == "@kpukaltim"
    assert any(d.platform == "x" for d in after.destinations) == wish.x
    assert after.staff.chat == wish.staff
    assert dict(after.staff.members) == dict(before.staff.members) | {5001: "editor"}
    assert (after.queue, after.checks) == (before.queue, before.checks)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_comment_that_it_was_not_asked_about_stays(tmp_path: Path, shape: str) -> None:
    file = config(tmp_path, SHAPES[shape])
    comments = [c for c in ("# latihan", "# akhir", "# Rina", "# belum", "# nomor orang") if c in SHAPES[shape]]
    written(file, WISH)
    assert all(c in file.read_text() for c in comments)


def test_the_names_of_the_rehearsals_stay(tmp_path: Path) -> None:
    after = written(config(tmp_path, SHIPPED.read_text()), BOTH)
    assert [(d.name, d.platform) for d in after.destinations] == [("kanal", "telegram"), ("x", "x")]


def test_a_named_destination_becomes_the_channel_and_no_other(tmp_path: Path) -> None:
    text = "destinations: [{name: a, platform: telegram, chat: -1001}, {name: b, platform: mock, like: x}]\n"
    after = written(config(tmp_path, text), Wish("@kpukaltim", -5, (1,), x=False, name="b"))
    assert [(d.name, d.chat) for d in after.destinations] == [("a", -1001), ("b", "@kpukaltim")]


def test_the_old_config_stays_beside_it_with_its_mode(tmp_path: Path) -> None:
    file = config(tmp_path, MOCKS)
    file.chmod(0o640)
    assert writing.write(writing.plan(load(file, {}), WISH)) == (file, file.with_name("medsosbot.yaml.bak"))
    assert file.with_name("medsosbot.yaml.bak").read_text() == MOCKS
    assert file.stat().st_mode & 0o777 == 0o640


def test_the_same_wish_again_writes_nothing(tmp_path: Path) -> None:
    file = config(tmp_path, MOCKS)
    written(file, WISH)
    kept = file.with_name("medsosbot.yaml.bak")
    kept.unlink()
    assert writing.write(writing.plan(load(file, {}), WISH)) == ()
    assert not kept.exists()


def test_a_symlinked_config_is_written_where_it_lies(tmp_path: Path) -> None:
    file = config(tmp_path, MOCKS)
    real = tmp_path / "etc.yaml"
    file.rename(real)
    file.symlink_to(real)
    assert written(file, WISH).staff.chat == WISH.staff
    assert file.is_symlink()


def test_what_it_cannot_change_safely_is_shown_for_a_hand_and_left_alone(tmp_path: Path) -> None:
    file = config(tmp_path, MOCKS)
    settings = load(file, {})
    file.write_text("destinations: [{name: lain, platform: mock}]\n")  # somebody else wrote meanwhile
    with pytest.raises(SetupError) as told:
        writing.plan(settings, WISH)
    assert 'chat: "@kpukaltim"' in str(told.value)
    assert "  chat: -1001234567890" in str(told.value)
    assert file.read_text() == "destinations: [{name: lain, platform: mock}]\n"
    assert [p.name for p in file.parent.iterdir()] == ["medsosbot.yaml"]
