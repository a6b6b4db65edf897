"""demo: the main job on the real page, readable on a screen or two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from medsosbot.cli.answer import OK, Answer, Call
from medsosbot.cli.html import plain
from medsosbot.cli.screen import Screen
from medsosbot.wording import STATE_WORDS, count, number

if TYPE_CHECKING:
    from medsosbot.app.demo import Demo
    from medsosbot.publishing.trial import PostShown

IN_FULL = -1  # which release is shown in full, as the channel would


def add(commands: Any) -> None:
    """Put this family on the command line."""
    command = commands.add_parser(
        "demo",
        help="show the product at work on the real page, in a checkout",
        description="What `make demo` runs: the page of six releases, against the dry-run destinations. Everything\n"
        "that it writes lies under var/demo/.",
    )
    command.set_defaults(run=run)


def run(call: Call) -> Answer:
    """Always 0: that one release is held is what the demo shows."""
    from medsosbot.app.demo import run as run_demo

    demo = run_demo()
    return Answer(OK, demo.as_json(), lambda screen: _show(screen, demo))


def _show(screen: Screen, demo: Demo) -> None:
    from medsosbot.app.demo import COMMAND, PREVIEW

    screen.line(f"1. Halaman seeds/berita-terkini.txt dibaca: {count('rilis', len(demo.imported.written))}", "bold")
    for name in demo.imported.written:
        screen.line(f"   {name}")
    posts = demo.previewed.trial.posts
    _show_held(screen, posts)
    _show_short(screen, [p for p in posts if p.delivery.destination == "x"])
    _show_long(screen, [p for p in posts if p.delivery.destination == "kanal"])
    _show_states(screen, demo)
    screen.line("6. Jawaban bot atas /terkini", "bold")
    screen.indented(plain(demo.terkini["text"]).replace("\n\n", "\n"))
    screen.line()
    screen.line(f"7. Halaman untuk dilihat di peramban: {PREVIEW}", "bold")
    screen.line()
    held = next((i for i in demo.status["items"] if i["held_because"]), None)
    if held:
        screen.line("Rilis yang ditahan menunggu keputusan Anda. Lepas, lalu terbitkan (latihan):", "bold")
        screen.line(f"   {COMMAND} release {held['number']}")
        screen.line(f"   {COMMAND} publish")


def _show_held(screen: Screen, posts: tuple[PostShown, ...]) -> None:
    screen.line()
    screen.line("2. Diperiksa: yang ditahan untuk diputuskan orang", "bold")
    for title, reasons in {p.item.title: p.held_because for p in posts if p.held_because}.items():
        screen.line(f"   {title}", "yellow")
        for reason in reasons:
            screen.line(f"   {reason}")


def _show_short(screen: Screen, posts: list[PostShown]) -> None:
    screen.line()
    screen.line("3. Diringkas untuk X", "bold")
    for post in posts:
        for part in post.parts:
            held = ", ditahan" if post.held_because else ""
            screen.line(f"   [{part.length}/{part.limit}{held}]", "yellow" if held else "dim")
            screen.indented(part.text)


def _show_long(screen: Screen, posts: list[PostShown]) -> None:
    screen.line()
    screen.line("4. Disusun untuk kanal Telegram: satu utuh, yang lain satu baris", "bold")
    for n, post in enumerate(posts):
        for part in post.parts:
            size = f"{number(part.length)}/{number(part.limit)}"
            if n == IN_FULL % len(posts):
                screen.line(f"   [{size}]", "dim")
                screen.indented(plain(part.text))
            else:
                screen.line(f"   [{size}] {plain(part.text).splitlines()[0]}")


def _show_states(screen: Screen, demo: Demo) -> None:
    screen.line()
    sent = len(demo.passed.published)
    held = len(demo.passed.held)
    screen.line(f"5. Diterbitkan (latihan): {count('kiriman', sent)}; {count('rilis', held)} ditahan", "bold")
    rows = [
        [[(str(i["number"]), "")], [(i["title"], "")]]
        + [[(_state(d), "yellow" if d["state"] == "held" else "green")] for d in i["deliveries"]]
        for i in demo.status["items"]
    ]
    screen.table(("No.", "Rilis", "kanal", "x"), rows, wrapped="Rilis")
    screen.line()


def _state(delivery: dict[str, Any]) -> str:
    word = STATE_WORDS[delivery["state"]]
    return f"{word} (latihan)" if delivery["state"] == "published" else word
