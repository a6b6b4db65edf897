"""`preview --html` and the demo's page, as a person runs them."""

from __future__ import annotations

import pytest

from tests.cli.conftest import office
from tests.cli.office import Office
from tests.preview.pages import BROKEN, SEED, WRONG_DAY, Read

__all__ = ["office"]


def test_it_writes_one_page_and_changes_nothing_else(office: Office) -> None:
    office.put("b.md", WRONG_DAY)
    before = office.files()
    code, out, _ = office.run("preview", "--html", office.root / "baru" / "halaman.html")
    after = office.files()
    assert code == 0 and "halaman.html" in out and "ditahan: Rapat Pleno" in out
    assert set(after) - set(before) == {"baru/halaman.html"} and before.items() <= after.items()


def test_the_page_is_written_also_when_a_file_is_refused(office: Office) -> None:
    office.put("rusak.md", BROKEN)
    code, document = office.json("preview", "--html", office.root / "h.html")
    assert code == 1 and document["rejected"][0]["file"] == "rusak.md" and document["html"].endswith("h.html")
    assert "rusak.md" in Read((office.root / "h.html").read_text()).text


def test_a_slip_of_the_hand_does_not_overwrite_a_release(office: Office) -> None:
    file = office.put("b.md", WRONG_DAY)
    code, _, err = office.run("preview", "--html", file)
    assert code == 2 and ".html" in err and file.read_text() == WRONG_DAY


def test_it_shows_everything_with_explain_too(office: Office) -> None:
    office.put("b.md", WRONG_DAY)
    _, out, _ = office.run("preview", "--explain", "--html", office.root / "h.html")
    assert "dari kalimat" in out and "h.html" in out


def test_the_demo_writes_its_page_after_the_pass(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    (office.root / "seeds").mkdir()
    (office.root / "seeds" / SEED.name).write_bytes(SEED.read_bytes())
    monkeypatch.chdir(office.root)
    code, out, _ = office.run("demo")
    source = (office.root / "var" / "demo" / "pratinjau.html").read_text()
    text = Read(source).text
    assert code == 0 and "var/demo/pratinjau.html" in out
    assert "1 ditahan, menunggu keputusan Anda" in text and "5 terbit (latihan)" in text
    assert "medsosbot --config var/demo/config/medsosbot.yaml release 1" in text
    assert len(source.encode()) < 300_000
