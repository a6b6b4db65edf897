from __future__ import annotations

import pytest

from tests.queue_folder.reading import read, refused

BODY = "KPU Provinsi Kalimantan Timur menggelar rapat pleno."


def mended(data: str, name: str, body: str = BODY) -> str:
    """The file of a person who puts the lines shown in the only refusal above the body."""
    [fault] = refused(data, name)
    before, sign, block = fault.hint.partition("Tulis: ")
    assert sign, before
    return f"{block}\n{body}\n"


@pytest.mark.parametrize("name", ["rapat.txt", "rapat.md"])
@pytest.mark.parametrize("sign", ["—", "–––", "—-", "―", " — "])
def test_a_fence_that_word_changed_is_refused_and_the_mended_lines_are_understood(name: str, sign: str) -> None:
    data = f"{sign}\ntitle: “Rapat: Pleno”\ndate: 24/11/2026\nhashtags: [DaftarPemilih]\n{sign}\n{BODY}\n"
    [fault] = refused(data, name)
    assert (fault.line, fault.message) == (1, f"garis --- diubah Word menjadi «{sign.strip()}»")
    assert "Notepad" in fault.hint
    release = read(mended(data, name), name).release
    assert (release.title, str(release.date), release.hashtags) == ("Rapat: Pleno", "2026-11-24", ("DaftarPemilih",))


@pytest.mark.parametrize("name", ["rapat.txt", "rapat.md"])
def test_a_second_fence_that_word_changed_is_named_by_its_own_line(name: str) -> None:
    data = f"---\ntitle: Rapat\n—\n{BODY}\n"
    [fault] = refused(data, name)
    assert (fault.line, fault.message) == (3, "garis --- diubah Word menjadi «—»")
    assert read(mended(data, name), name).release.title == "Rapat"


def test_a_dash_line_in_the_text_below_both_fences_is_nothing_to_refuse() -> None:
    assert read(f"---\ntitle: Rapat\n---\n{BODY}\n\n—\n\nLagi.\n").release.body.endswith("—\n\nLagi.")
    assert read(f"Rapat\n\n{BODY}\n\n—\n\nLagi.\n", "a.txt").release.title == "Rapat"


def test_a_changed_fence_with_no_keys_below_it_is_shown_an_example() -> None:
    [fault] = refused(f"—\n{BODY}\n\nParagraf kedua.\n", "rapat.txt")
    assert fault.hint.endswith('Misalnya: ---\ntitle: "Judul rilis"\n---')


def test_a_fence_of_too_few_or_indented_signs_is_not_laid_to_word() -> None:
    for sign in ("--", " ---", "-----"):
        [fault] = refused(f"{sign}\ntitle: Rapat\n---\n{BODY}\n", "rapat.txt")
        assert "tepat ---" in fault.message and "Word" not in fault.message


@pytest.mark.parametrize("line", ["***", "…", "“”", "=====", "😀"])
def test_a_line_without_letter_or_digit_is_never_a_title(line: str) -> None:
    [fault] = refused(f"{line}\n{BODY}\n", "rapat.txt")
    assert fault.line == 1 and "bukan judul" in fault.message
    [fault] = refused(f'---\ntitle: "{line}"\n---\n{BODY}\n')
    assert fault.line == 2 and "huruf atau angka" in fault.message


def test_a_title_of_digits_or_with_a_dash_in_it_is_a_title() -> None:
    assert read(f"2026\n{BODY}\n", "a.txt").release.title == "2026"
    assert read(f"— Rapat —\n{BODY}\n", "a.txt").release.title == "— Rapat —"


@pytest.mark.parametrize("name", ["rapat.txt", "rapat.md"])
@pytest.mark.parametrize(
    "top",
    [
        "Title: Rapat Pleno\nDate: 2026-11-26\nUrl: https://kaltim.kpu.go.id/a\n",
        "Judul: Rapat Pleno\nTanggal: 26 November 2026\nTautan: https://kaltim.kpu.go.id/a\n\n",
        "Tanggal: Kamis, 26 November 2026\n\nJUDUL : “Rapat Pleno”\n\nlink: https://kaltim.kpu.go.id/a\n\n",
        "Rapat Pleno\nDate: 2026-11-26\nURL: https://kaltim.kpu.go.id/a\n",
        "Rapat\n\nTitle: Rapat Pleno\nDate: 2026-11-26\nURL: https://kaltim.kpu.go.id/a\n",
    ],
)
def test_keys_without_a_fence_are_refused_and_the_mended_lines_are_understood(top: str, name: str) -> None:
    release = read(mended(top + BODY, name), name).release
    assert (release.title, str(release.date), release.url) == (
        *("Rapat Pleno", "2026-11-26"),
        "https://kaltim.kpu.go.id/a",
    )


def test_keys_without_a_title_are_shown_an_example_with_one() -> None:
    [fault] = refused(f"Date: 2026-11-26\n\n{BODY}\n", "rapat.txt")
    assert fault.hint.endswith('Misalnya: ---\ntitle: "Judul rilis"\ndate: 2026-11-26\n---')


@pytest.mark.parametrize(
    "text",
    [
        f"Klarifikasi: Jadwal Rapat\n\n{BODY}",
        "Undangan Rapat\n\nTanggal: 26 November 2026\nTempat: Aula",
        f"Undangan Rapat\n{BODY}\nDate: 2026-11-26",
    ],
)
def test_a_title_with_a_colon_or_an_invitations_lines_are_no_keys(text: str) -> None:
    assert read(text, "rapat.txt").release.title == text.partition("\n")[0]
