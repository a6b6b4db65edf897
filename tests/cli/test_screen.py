from __future__ import annotations

import io

import pytest

from medsosbot.cli.html import plain
from medsosbot.cli.screen import Screen, colours


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return Terminal()


def test_a_terminal_shows_colours(terminal: Terminal) -> None:
    Screen(terminal).line("terbit", "green")
    assert terminal.getvalue() == "\x1b[32mterbit\x1b[0m\n"


def test_a_file_shows_no_colours() -> None:
    out = io.StringIO()
    screen = Screen(out)
    screen.line("terbit", "green")
    screen.table(["No."], [[[("1", "red")]]])
    assert "\x1b" not in out.getvalue()


@pytest.mark.parametrize(("name", "value"), [("NO_COLOR", "1"), ("TERM", "dumb")])
def test_a_terminal_shows_none_where_nobody_wants_them(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert not colours(terminal)


def test_an_empty_no_color_means_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "")
    assert colours(terminal)


def test_a_release_can_not_steer_the_terminal() -> None:
    out = io.StringIO()
    Screen(out).line("Rapat\x1b[2J \u202eonelP\n[bold]")
    assert out.getvalue() == "Rapat�[2J �onelP\n[bold]\n"


def test_a_table_shows_brackets_as_they_stand() -> None:
    out = io.StringIO()
    Screen(out).table(["Rilis", "Keadaan"], [[[("[HOAKS] Jadwal :smile:", "")], [("ditahan", "yellow")]]])
    assert "[HOAKS] Jadwal :smile:  " in out.getvalue()


def test_html_is_shown_as_a_reader_sees_it() -> None:
    html = '<b>A &amp; B</b>\n<a href="https://kpu.go.id/a?b=1&amp;c=2">Selengkapnya</a> &lt;i&gt;'
    assert plain(html) == "A & B\nSelengkapnya <https://kpu.go.id/a?b=1&c=2> <i>"


def test_a_bare_link_is_shown_once() -> None:
    assert plain('<a href="https://kpu.go.id">https://kpu.go.id</a>') == "https://kpu.go.id"
