from __future__ import annotations

import pytest

from tests.cli.office import Office


@pytest.fixture
def mixed(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """A good file, one with two faults and one that is held; the working directory is the project's."""
    monkeypatch.chdir(office.root)
    office.release("apel.md")
    office.put("rusak, 50%.md", "---\ntitle: Rapat\njudul: b\ndate: besok\n---\nTeks.\n")
    office.put("pleno.md", "---\ntitle: Rapat Pleno\n---\nKPU Kaltim menggelar rapat pleno, Kamis (6/9/2022).\n")
    return office


def annotations(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("::")]


def test_each_fault_and_hold_is_an_annotation(mixed: Office) -> None:
    code, out, _ = mixed.run("check", "--github")
    found = annotations(out)
    assert code == 1
    assert [a.partition("::")[2].partition("::")[0] for a in found] == [
        "error file=queue/rusak%2C 50%25.md,line=3",
        "error file=queue/rusak%2C 50%25.md,line=4",
        "warning file=queue/pleno.md",
    ]
    assert "Selasa" in found[2]
    assert found[1].partition("line=4::")[2].startswith("Tanggal «besok» tidak terbaca")


def test_annotations_leave_the_json_document_alone(mixed: Office) -> None:
    code, document = mixed.json("check", "--github")
    assert (code, len(document["files"])) == (1, 3)
    assert len(annotations(mixed.run("--json", "check", "--github")[2])) == 3


def test_a_wrong_config_is_an_annotation_too(mixed: Office) -> None:
    mixed.config.write_text("destinations: [{name: kanal, platform: moc}]\n")
    code, out, _ = mixed.run("check", "--github")
    assert code == 2
    assert annotations(out)[0].startswith(f"::error file={mixed.config},line=1::destinations[0].platform: ")


def test_a_file_that_is_named_is_annotated_where_it_lies(mixed: Office) -> None:
    file = mixed.root / "usulan" / "rapat.md"
    file.parent.mkdir()
    file.write_text("---\njudul: b\n---\nTeks.\n")
    found = annotations(mixed.run("check", "--github", "usulan/rapat.md")[1])
    assert found
    assert all(a.startswith("::error file=usulan/rapat.md") for a in found)


def test_a_fault_of_the_whole_file_is_annotated_at_its_first_line(office: Office) -> None:
    office.release("apel.md")
    assert office.run("publish")[0] == 0
    office.release("apel.md", day="Selasa (4/10/2022)")
    (found,) = annotations(office.run("check", "--github")[1])
    assert "queue/apel.md,line=1::Sudah terbit di kanal" in found


def test_approval_alone_is_no_annotation(office: Office) -> None:
    office.config.write_text(office.config.read_text().replace("null}", "null, approval: hold}"))
    office.release("apel.md")
    code, out, _ = office.run("check", "--github")
    assert (code, annotations(out)) == (0, [])


def test_old_news_is_red_unless_age_is_left_out(office: Office) -> None:
    office.config.write_text(office.config.read_text().replace("null}", "7}"))
    office.release("apel.md")
    assert office.run("check")[0] == 1
    assert office.run("check", "--no-age")[0] == 0


def test_online_a_mock_is_good(office: Office) -> None:
    code, document = office.json("check", "--online")
    assert code == 0
    assert [(o["destination"], o["ok"]) for o in document["online"]] == [("kanal", True), ("x", True)]


def test_offline_nobody_is_asked(office: Office) -> None:
    assert office.json("check")[1]["online"] == []


def test_a_missing_secret_is_a_note_and_online_a_fault(office: Office) -> None:
    office.config.write_text('destinations: [{name: kanal, platform: telegram, chat: "@kpukaltim"}]\n')
    code, document = office.json("check")
    assert code == 0
    assert "MEDSOSBOT_TELEGRAM_TOKEN" in " ".join(document["notes"])
    code, document = office.json("check", "--online")
    assert code == 1
    assert "MEDSOSBOT_TELEGRAM_TOKEN" in document["online"][0]["message"]


def test_a_file_that_is_not_there_ends_with_2(office: Office) -> None:
    code, document = office.json("check", "none.md")
    assert (code, document["faults"][0]["file"]) == (2, "none.md")


def test_a_file_of_the_queue_can_be_named_alone(mixed: Office) -> None:
    code, document = mixed.json("check", "apel.md")
    assert (code, [f["file"] for f in document["files"]]) == (0, ["apel.md"])
