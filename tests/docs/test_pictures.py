"""What the pictures of the guide show is what the product says; Chromium only looks at it (make pictures)."""

from __future__ import annotations

from pathlib import Path

from tests.docs.reading import ROOT, text_of
from tests.docs.test_reference import script

pictures = script("make_pictures")
GUIDE = text_of(ROOT / "docs/panduan.md")


def test_the_status_of_the_pictures_has_what_the_guide_explains(tmp_path: Path) -> None:
    settings, _ = pictures.work(tmp_path)
    status = (settings.queue / "STATUS.txt").read_text(encoding="utf-8")
    for head in ("MENUNGGU TERBIT", "BUKAN BERKAS ANTREAN"):
        assert head in status and head in GUIDE
    assert (
        "«Pendaftaran Pemantau Pemilu Dibuka»\n   - kanal dan x: paling cepat Selasa, 1 Desember 2026, 09.00 WITA"
        in status
    )
    assert "kanal dan x: paling cepat Selasa, 1 Desember 2026, 09.00 WITA" in GUIDE


def test_the_staff_group_of_the_pictures_sees_notice_drafts_and_answer(tmp_path: Path) -> None:
    said = list(pictures.messages(*pictures.work(tmp_path)))
    assert [m.who for m in said] == [pictures.BOT] * 3 + ["Rina", pictures.BOT]
    assert (
        said[0].html.startswith("<b>Ditahan</b>: nomor") and "Draf nomor" in said[1].html and "dilepas" in said[4].html
    )


def test_every_picture_of_the_guide_is_small() -> None:
    for picture in (ROOT / "docs/gambar").iterdir():
        assert picture.stat().st_size < 250_000, picture.name
