from __future__ import annotations

import pytest

from tests.cli.office import PAGE, Office


@pytest.fixture
def stocked(office: Office) -> Office:
    """Two releases wait in the queue, and a third whose weekday contradicts its date."""
    office.release("apel.md", "Apel Pagi")
    office.put("pleno.md", "---\ntitle: Rapat Pleno\n---\nKPU Kaltim menggelar rapat pleno, Kamis (6/9/2022).\n")
    office.release("upacara.md", "Upacara Bendera", "Selasa (4/10/2022)")
    return office


def test_import_names_what_it_wrote(office: Office) -> None:
    code, out, err = office.run("import", PAGE)
    assert (code, err) == (0, "")
    assert out.startswith("Ditulis: 6 berkas\n")
    assert all(f"  {file.name}\n" in out for file in office.queue.glob("*.md"))


def test_import_names_what_it_knew(office: Office) -> None:
    office.run("import", PAGE)
    code, document = office.json("import", PAGE)
    assert code == 0
    assert document["written"] == document["unread"] == []
    assert sorted(document["known"]) == sorted(file.name for file in office.queue.glob("*.md"))


def test_import_writes_into_another_folder(office: Office) -> None:
    code, document = office.json("import", PAGE, "--into", office.root / "lain")
    assert code == 0
    assert sorted(document["written"]) == sorted(file.name for file in (office.root / "lain").glob("*.md"))
    assert not list(office.queue.iterdir())


def test_import_ends_with_1_for_an_unread_block(office: Office) -> None:
    page = office.root / "halaman.txt"
    page.write_text(PAGE.read_text() + "\n\nSebuah catatan tanpa judul\n\nyang tidak termasuk rilis mana pun\n")
    code, document = office.json("import", page)
    assert (code, bool(document["unread"])) == (1, True) or (code, document["unread"]) == (0, [])
    assert set(document) == {"written", "known", "unread"}


def test_import_of_no_file_ends_with_2(office: Office) -> None:
    code, document = office.json("import", office.root / "none.txt")
    assert (code, document["faults"][0]["file"]) == (2, "none.txt")


def test_check_names_the_held_one_and_changes_nothing(stocked: Office) -> None:
    before = stocked.files()
    code, out, _ = stocked.run("check")
    assert code == 1
    assert "ditahan   pleno.md\n" in out
    assert "Selasa" in out
    assert out.count("baik      ") == 3
    assert stocked.files() == before


def test_check_ends_with_0_where_all_is_well(office: Office) -> None:
    office.release("apel.md")
    code, document = office.json("check")
    assert code == 0
    assert document["files"] == [
        {"file": "apel.md", "id": "apel", "ok": True, "line": None, "reason": None, "held_because": []}
    ]


def test_check_tells_where_a_file_is_wrong(office: Office) -> None:
    file = office.put("apel.md", "---\ntitle: Apel\njudul: Apel\n---\nTeks.\n")
    code, out, _ = office.run("check", file)
    assert code == 1
    assert "ditolak   apel.md, baris 3\n" in out


def test_preview_shows_each_post_with_its_length_and_changes_nothing(stocked: Office) -> None:
    before = stocked.files()
    code, out, _ = stocked.run("preview")
    assert code == 0
    assert out.count("── kanal: terjadwal, segera") == out.count("── x: terjadwal, segera") == 2
    assert out.count("── x: ditahan") == 1
    assert out.count("dari 280 karakter)") == 3
    assert "<b>" not in out
    assert stocked.files() == before


def test_preview_ends_with_1_for_a_refused_file(office: Office) -> None:
    office.put("rusak.md", "---\ntitle: A\njudul: B\n---\nTeks.\n")
    code, document = office.json("preview")
    assert (code, document["posts"], document["rejected"][0]["file"]) == (1, [], "rusak.md")


def test_preview_of_nothing_that_exists_ends_with_2(office: Office) -> None:
    assert office.json("preview", "tidak-ada")[0] == 2


def test_publish_tells_what_went_out_and_what_is_held(stocked: Office) -> None:
    code, out, err = stocked.run("publish")
    assert (code, err) == (1, "")
    assert out.count("terbit di kanal (latihan) dan x (latihan): ") == 2
    assert "ditahan: pleno\n" in out
    assert "Selasa" in out
    assert "   Lepas dengan: medsosbot release 2\n" in out
    assert [len(stocked.posts(name)) for name in ("kanal", "x")] == [2, 2]


def test_publish_has_nothing_to_do_the_second_time(office: Office) -> None:
    office.release("apel.md")
    assert office.run("publish")[0] == 0
    assert office.run("publish") == (0, "Tidak ada yang perlu dikirim.\n", "")


def test_publish_tells_a_refused_file_with_its_reason(office: Office) -> None:
    office.put("rusak.md", "---\ntitle: A\njudul: B\n---\nTeks.\n")
    code, out, _ = office.run("publish")
    assert code == 1
    assert "ditolak: rusak.md\n   " in out


def test_publish_says_that_it_is_paused(office: Office) -> None:
    office.release("apel.md")
    office.run("pause", "x")
    code, out, _ = office.run("publish")
    assert code == 0
    assert "terbit di kanal (latihan): apel\n" in out
    assert "x sedang dijeda: " in out
    assert not office.posts("x")


def test_a_dry_run_leaves_no_trace_but_its_own(stocked: Office) -> None:
    before = stocked.files()
    code, out, _ = stocked.run("publish", "--dry-run")
    assert code == 0
    assert out.count("akan terbit di kanal (latihan) dan x (latihan): ") == 2
    after = stocked.files()
    assert {name for name in after if after[name] != before.get(name)} == {
        "var/dry-run/kanal.jsonl",
        "var/dry-run/x.jsonl",
    }
    assert stocked.run("status")[1] == "Belum ada rilis yang diterima.\n"


def test_a_dry_run_can_be_at_another_time(office: Office) -> None:
    office.put("apel.md", "---\ntitle: Apel\npublish_at: 2027-01-05 09:00\n---\nKPU Kaltim melaksanakan apel.\n")
    early = office.json("publish", "--dry-run", "--now", "2027-01-05 08:59:59")[1]
    late = office.json("publish", "--dry-run", "--now", "2027-01-05T01:00:00+00:00")[1]
    assert (len(early["published"]), len(late["published"])) == (0, 2)


def test_a_time_that_is_none_ends_with_2(office: Office) -> None:
    code, _, err = office.run("publish", "--dry-run", "--now", "besok")
    assert code == 2
    assert "'besok' is no time" in err


def test_status_shows_every_delivery_and_what_to_do(stocked: Office) -> None:
    stocked.run("publish")
    code, out, err = stocked.run("status")
    assert (code, err) == (0, "")
    assert out.count("terbit (latihan)") == 4
    assert "2 ditahan: «Kamis (6/9/2022)»" in out
    assert "   Lepas dengan: medsosbot release 2\n" in out


def test_status_of_one_item_tells_all_of_it(office: Office) -> None:
    office.release("apel.md")
    office.run("publish")
    code, out, _ = office.run("status", "apel")
    assert code == 0
    assert "1. Apel Pagi\n   ID: apel\n" in out
    assert out.count("terbit (latihan)") == 2
    assert "nomor di sana: 1" in out


def test_status_of_an_unknown_item_ends_with_2(office: Office) -> None:
    assert office.run("status", "99")[0] == 2


def test_terkini_answers_as_the_bot_would(stocked: Office) -> None:
    stocked.run("publish")
    code, out, _ = stocked.run("terkini", "2")
    assert code == 0
    assert out.index("4/10/2022 · ") < out.index("3/10/2022 · ")
    assert "<" not in out
    assert [item["date"] for item in stocked.json("terkini", "2")[1]["items"]] == ["2022-10-04", "2022-10-03"]
    assert [item["id"] for item in stocked.json("terkini", "1")[1]["items"]] == ["upacara"]


def test_terkini_answers_without_a_database(office: Office) -> None:
    code, document = office.json("terkini")
    assert (code, document["items"]) == (0, [])
    assert not (office.root / "var").exists()


def test_release_lets_the_held_one_go(stocked: Office) -> None:
    stocked.run("publish")
    code, document = stocked.json("release", "2")
    assert (code, document["ok"]) == (0, True)
    assert "Selasa" in document["message"]
    assert len(stocked.json("publish")[1]["published"]) == 2


def test_a_decision_that_is_not_allowed_ends_with_1(office: Office) -> None:
    office.release("apel.md")
    office.run("publish")
    code, document = office.json("release", "apel")
    assert (code, document["ok"]) == (1, False)
    assert "tidak sedang ditahan" in document["message"]
    code, out, err = office.run("retry", "1")
    assert (code, out) == (1, "")
    assert "tidak ada yang gagal" in err


@pytest.mark.parametrize(
    "argv",
    [
        ("release", "9"),
        ("hold", "9"),
        ("cancel", "9"),
        ("retry", "9"),
        ("settle", "9", "x", "--not-posted"),
        ("pause", "lain"),
        ("cancel", "apel", "lain"),
    ],
)
def test_a_decision_on_what_is_not_there_ends_with_2(office: Office, argv: tuple[str, ...]) -> None:
    office.release("apel.md")
    office.run("publish")
    code, document = office.json(*argv)
    assert (code, set(document)) == (2, {"error", "faults"})


def test_a_second_pass_at_the_same_time_gives_way(office: Office) -> None:
    from medsosbot.storage.store import Store

    store = Store(office.root / "var" / "medsosbot.db", keeper=True)
    try:
        code, document = office.json("publish")
    finally:
        store.close()
    assert (code, set(document)) == (3, {"error", "faults"})


def test_pause_and_resume_answer_in_words(office: Office) -> None:
    assert office.json("pause")[1]["ok"]
    assert office.json("resume", "x")[0] == 1
    assert office.json("resume")[1]["ok"]
    assert office.json("resume")[0] == 1


def test_cancel_takes_a_published_item_out_of_every_answer(office: Office) -> None:
    office.release("apel.md")
    office.run("publish")
    assert office.run("cancel", "1")[0] == 0
    assert office.json("terkini")[1]["items"] == []
    assert "Apel Pagi (ditarik)" in office.run("status")[1]


def test_a_mock_office_loads_no_client(office: Office) -> None:
    import subprocess
    import sys

    office.release("apel.md")
    code = (
        "import sys; from medsosbot.cli.main import run\n"
        f"assert run(['check'], {office.environ!r}) == 0\n"
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"telegram", "tweepy", "httpx", "requests"} & {m.split(".")[0] for m in done.stderr.split()}


def test_preview_explains_where_each_piece_came_from(office: Office) -> None:
    office.release("apel.md")
    plain = office.run("preview")[1]
    code, out, _ = office.run("preview", "--explain")
    assert code == 0
    assert "dari kalimat: «KPU Provinsi Kalimantan Timur melaksanakan apel pagi, Senin (3/10/2022).»" in out
    assert "dari kalimat" not in plain
    (first, _) = office.json("preview", "--explain")[1]["posts"]
    assert {"text", "source", "start", "end", "deleted"} == set(first["explain"]["pieces"][0])
    assert "explain" not in office.json("preview")[1]["posts"][0]


def test_a_database_that_refuses_ends_with_1_in_one_line(office: Office) -> None:
    (office.root / "var").mkdir()
    (office.root / "var" / "medsosbot.db").write_text("no database\n" * 100)
    code, out, err = office.run("publish")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert set(office.json("publish")[1]) == {"error", "faults"}


def test_a_database_of_another_version_ends_with_2(office: Office) -> None:
    import sqlite3
    from contextlib import closing

    office.run("publish")
    with closing(sqlite3.connect(office.root / "var" / "medsosbot.db")) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    code, document = office.json("status")
    assert code == 2
    assert "9999" in document["error"]
