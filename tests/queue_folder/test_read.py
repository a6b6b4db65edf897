from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medsosbot.errors import QueueItemError
from medsosbot.model import Urgency
from medsosbot.queue_folder import reasons
from medsosbot.queue_folder.item import QueueItem
from medsosbot.queue_folder.read import UnfinishedError
from medsosbot.queue_folder.read import read as read_path
from tests.queue_folder.reading import NAMES, ZONE, head, read, refused

DATELINE = "Samarinda, kaltim.kpu.go.id – "
LONG = "KPU Provinsi Kalimantan Timur melaksanakan rapat koordinasi bersama seluruh KPU kabupaten dan kota se-Kaltim."


def test_a_title_and_a_text_are_enough() -> None:
    data = b"---\ntitle: Apel Pagi\n---\n\nIsi rilis.\n\n\n\nParagraf kedua.  \n"
    item = read(data)
    assert (item.release.title, item.release.body) == ("Apel Pagi", "Isi rilis.\n\nParagraf kedua.")
    assert (item.id, item.explicit_id, item.sha256) == ("rapat", False, hashlib.sha256(data).hexdigest())
    assert (item.release.date, item.release.url, item.publish_at, item.expires_at) == (None, None, None, None)
    assert (item.destinations, item.urgency, item.remarks, item.second_dateline) == (None, Urgency.NORMAL, (), None)


def test_every_key_is_understood() -> None:
    item = read(
        head(
            "date: 2022-09-06                        # of the news",
            "url: https://kaltim.kpu.go.id/berita/1?a=b#c",
            "publish_at: 2026-11-24 09:00",
            "expires_at: 2026-11-25T00:00:30+07:00",
            "destinations: [kanal, x]",
            "hashtags: [DataPemilih, 'Pemilu2024']",
            'text: {x: "KPU Kaltim: rapat\\nbaris dua"}',
            "urgency: urgent",
            "id: rapat pleno",
        )
    )
    assert item.release.date == date(2022, 9, 6)
    assert item.release.url == "https://kaltim.kpu.go.id/berita/1?a=b#c"
    assert item.publish_at == datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    assert item.expires_at == datetime(2026, 11, 24, 17, 0, 30, tzinfo=UTC)
    assert item.destinations == ("kanal", "x")
    assert item.release.hashtags == ("DataPemilih", "Pemilu2024")
    assert item.release.texts == {"x": "KPU Kaltim: rapat\nbaris dua"}
    assert item.urgency is Urgency.URGENT
    assert (item.id, item.explicit_id) == ("rapat-pleno", True)


def test_an_empty_value_counts_as_not_written() -> None:
    keys = ("date", "url", "publish_at", "expires_at", "destinations", "hashtags", "text", "urgency", "id", "photos")
    assert read(head(*(f"{key}:" for key in keys))).release == read(head()).release
    assert read(head("photos: []", "date: ~", "url: null")).release == read(head()).release


@pytest.mark.parametrize("name", ["rapat.md", "rapat.txt"])
def test_windows_line_ends_and_a_byte_order_mark_change_nothing(name: str) -> None:
    plain = head("date: 2022-09-06").encode()
    windows = b"\xef\xbb\xbf" + plain.replace(b"\n", b"\r\n")
    assert read(windows, name).release == read(plain, name).release


def test_a_title_with_a_colon_is_taken_as_it_stands_and_said_so() -> None:
    item = read('---\ntitle: Klarifikasi: "Jadwal" Rapat\nurgency: urgent\n---\nIsi.')
    assert item.release.title == 'Klarifikasi: "Jadwal" Rapat'
    assert item.urgency is Urgency.URGENT
    assert item.remarks == ("judul dengan titik dua dibaca apa adanya",)


def test_a_colon_inside_quotes_or_a_word_is_nothing_to_remark() -> None:
    assert read('---\ntitle: "Klarifikasi: Jadwal"\n---\nIsi.').remarks == ()
    assert read("---\ntitle: Rapat 09:30 WITA\n---\nIsi.").remarks == ()


@pytest.mark.parametrize(
    ("line", "mended"),
    [
        ('title: "Netralitas" Penyelenggara', "title: '\"Netralitas\" Penyelenggara'"),
        ("title: 'Netralitas' Penyelenggara", "title: \"'Netralitas' Penyelenggara\""),
        ('title: "Jum\'at" dan "Sabtu"', "title: '\"Jum''at\" dan \"Sabtu\"'"),
        ("title: [HOAKS] Kabar Palsu", 'title: "[HOAKS] Kabar Palsu"'),
        ("title: [HOAKS]", 'title: "[HOAKS]"'),
        ("title: {Ralat} Jadwal", 'title: "{Ralat} Jadwal"'),
        ("title: #KPUMelayani di Samarinda", 'title: "#KPUMelayani di Samarinda"'),
        ("title: Rapat #KPUMelayani: Hari Ini", 'title: "Rapat #KPUMelayani: Hari Ini"'),
        ("title: *Penting* Rapat", 'title: "*Penting* Rapat"'),
        ("title: & Rapat", 'title: "& Rapat"'),
        ("title: ! Rapat", 'title: "! Rapat"'),
        ("title: @kpu_ri Berkunjung", 'title: "@kpu_ri Berkunjung"'),
        ("title: - Rapat", 'title: "- Rapat"'),
        ("title: % Suara", 'title: "% Suara"'),
    ],
)
def test_a_title_that_yaml_would_misread_is_refused_with_the_same_line_quoted(line: str, mended: str) -> None:
    [fault] = refused(f"---\n{line}\n---\nIsi.")
    assert fault.line == 2
    assert fault.hint == f"Tulis: {mended}"
    assert read(f"---\n{mended}\n---\nIsi.").release.title == line.removeprefix("title: ")


def test_a_title_over_several_lines_is_joined() -> None:
    assert read("---\ntitle: >\n  Rapat Pleno\n  Terbuka\n---\nIsi.").release.title == "Rapat Pleno Terbuka"
    assert read("---\ntitle: Rapat Pleno\n  Terbuka\n---\nIsi.").release.title == "Rapat Pleno Terbuka"


# Kind, file, line of the fault, what the hint must show.
BROKEN = [
    ("a doubled key", "---\ntitle: Rapat\ntitle: Pleno\n---\nIsi.", 3, "title: Rapat"),
    ("no title", "---\ndate: 2022-10-03\n---\nIsi.", 2, 'title: "Judul rilis"'),
    ("an empty title", "---\ntitle:\n---\nIsi.", 2, 'title: "Judul rilis"'),
    ("an empty front matter", "---\n---\nIsi.", 2, 'title: "Judul rilis"'),
    ("no front matter", "Isi rilis.", 1, "---"),
    ("no second fence", "---\ntitle: Rapat\n\nIsi.", 1, "---"),
    ("nothing", "", 1, "---"),
    ("no text", "---\ntitle: Rapat\n---\n \n", 4, "---"),
    ("a key of another name", "---\njudul: Rapat\n---\nIsi.", 2, "title: Rapat"),
    ("a mistyped key", head("publishat: 2026-11-24 09:00"), 3, "publish_at: 2026-11-24 09:00"),
    ("a key of another case and a colon", "---\nTitle: Rapat: Pleno\n---\nIsi.", 2, 'title: "Rapat: Pleno"'),
    ("a key without a space", "---\ntitle:Rapat\n---\nIsi.", 2, "title: Rapat"),
    ("a line that is no key", head("lanjutan judul"), 3, "kedua"),
    ("a tab", head("\tdate: 2022-10-03"), 3, "date: 2022-10-03"),
    ("an anchor", head("url: &a b"), 3, 'url: "&a b"'),
    ("an alias", head("url: *a"), 3, 'url: "*a"'),
    ("a tag", head("id: !!int 3"), 3, 'id: "!!int 3"'),
    ("a date day first", head("date: 6/9/2022"), 3, "date: 2022-09-06"),
    ("a date in words", head("date: Selasa, 6 September 2022"), 3, "date: 2022-09-06"),
    ("a day first date that isn't", head("date: 31-11-2026"), 3, "Misalnya: date: "),
    ("an indented key", head(" date: 2026-11-24"), 3, "Tulis: date: 2026-11-24"),
    ("an indented text", head(" text: Halo"), 3, 'Tulis: text: {x: "Halo"}'),
    ("an indented key behind a quote", '---\ntitle: "Rapat"\n urgency: urgent\n---\nIsi.', 3, "Tulis: urgency: urgent"),
    ("an indented first key", "---\n title: Rapat\ndate: 2026-11-24\n---\nIsi.", 2, "Tulis: title: Rapat"),
    ("a date that isn't", head("date: 2022-02-30"), 3, "date: 20"),
    ("a time with a dot", head("publish_at: 24/11/2026 09.30 WITA"), 3, "publish_at: 2026-11-24 09:30"),
    ("a time of Jakarta", head("publish_at: 2026-11-24 09.00 WIB"), 3, "publish_at: 2026-11-24 09:00+07:00"),
    ("a time that is only a day", head("publish_at: 2026-11-24"), 3, "publish_at: 2026-11-24 09:00"),
    ("midnight as 24", head("expires_at: 2026-11-24 24:00"), 3, "expires_at: 2026-11-25 00:00"),
    ("no such hour", head("publish_at: 2026-11-24 25:00"), 3, "publish_at: 20"),
    ("a year at the end of time", head("publish_at: 0001-01-01 00:00"), 3, "publish_at: "),
    ("an end before the start", head("publish_at: 2026-11-24 09:00", "expires_at: 2026-11-24 09:00"), 4, "expires_at"),
    ("a link without scheme", head("url: kaltim.kpu.go.id/berita"), 3, "url: https://kaltim.kpu.go.id/berita"),
    ("a link that is none", head("url: javascript:alert(1)"), 3, "url: https://"),
    ("a link with a password", head("url: https://a:b@kpu.go.id/"), 3, "url: https://"),
    ("a link with a space", head("url: https://kpu.go.id/a b"), 3, "url: https://"),
    ("destinations without brackets", head("destinations: kanal, x"), 3, "destinations: [kanal, x]"),
    ("an unknown destination", head("destinations: [kanall]"), 3, "kanal"),
    ("no destination", head("destinations: []"), 3, "Hapus"),
    ("an urgency that isn't", head("urgency: penting"), 3, "urgency: urgent"),
    ("hashtags with the sign", head("hashtags: [#DataPemilih]"), 3, "hashtags: [DataPemilih]"),
    ("hashtags that vanish", head("hashtags: #DataPemilih"), 3, "hashtags: [DataPemilih]"),
    ("a hashtag of two words", head("hashtags: [data pemilih]"), 3, "hashtags: [DataPemilih]"),
    ("a text for nowhere", head("text: {instagram: Halo}"), 3, "kanal"),
    ("a text for everywhere", head("text: Halo"), 3, "text: {x:"),
    ("an empty text", head("text: {x: ''}"), 3, "text: {x:"),
    ("photos", head("photos: [{file: rapat.jpg}]"), 3, "photos"),
    ("a hidden direction mark", "---\ntitle: Rapat\n---\nIsi\u202e rilis.", 4, "ketik ulang"),
    ("a direction mark as an escape", '---\ntitle: "Rapat\\u202e"\n---\nIsi.', 2, "ketik ulang"),
    ("NUL", "---\ntitle: Rapat\n---\nIsi\x00.", 4, "UTF-8"),
    ("NUL as an escape", '---\ntitle: "Rapat\\0"\n---\nIsi.', 2, "UTF-8"),
    ("half a character", '---\ntitle: "Rapat \\uD83D"\n---\nIsi.', 2, "title:"),
    ("a lost letter", "---\ntitle: Rapat\n---\nJum\ufffdat.", 4, "Ketik ulang"),
    ("UTF-16", head().encode("utf-16"), 1, "UTF-8"),
    ("Windows-1252", head().encode() + "“Isi”".encode("cp1252"), 5, "UTF-8"),
    ("a deep heap of brackets", head("text: " + "[" * 500), 3, "text: {x:"),
    ("a title of a whole paragraph", f"---\ntitle: {'kata ' * 80}\n---\nIsi.", 2, "Pindahkan"),
    ("a front matter of 20 kB", head("# " + "x" * 20_000), 1, "kedua"),
]


@pytest.mark.parametrize(("data", "line", "shown"), [b[1:] for b in BROKEN], ids=[b[0] for b in BROKEN])
def test_each_broken_kind_is_refused_with_line_and_mended_example(data: str | bytes, line: int, shown: str) -> None:
    [fault] = refused(data)
    assert fault.line == line
    assert shown in fault.hint
    assert f"Baris {line}: {fault.message}" in " ".join(reasons.text("rapat.md", "rapat.md", [fault]).split())


MENDED = [(name, data) for name, data, *_, shown in BROKEN if isinstance(data, str) and shown not in ("---", "kedua")]


@pytest.mark.parametrize("data", [data for _, data in MENDED], ids=[name for name, _ in MENDED])
def test_who_copies_the_mended_line_is_understood(data: str) -> None:
    for _ in range(3):
        try:
            read(data)
        except QueueItemError as e:
            fault = e.faults[0]
        else:
            return
        before, sign, line = fault.hint.partition("Tulis: ")
        if not sign:
            return  # an example or an advice
        lines = data.split("\n")
        assert fault.line is not None
        lines[fault.line - 1 : fault.line] = [] if "Hapus" in before else [line]
        data = "\n".join(lines)
    pytest.fail(f"three times mended and still refused: {fault}")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("date: 31-11-2026", "November 2026 hanya sampai tanggal 30; urutannya tahun-bulan-hari"),
        ("date: 30 Februari 2024", "Februari 2024 hanya sampai tanggal 29; urutannya tahun-bulan-hari"),
        ("date: 5/13/2026", "tidak ada bulan ke-13; urutannya tahun-bulan-hari"),
        ("date: 2026-11-31", "November 2026 hanya sampai tanggal 30"),
        ("publish_at: 31/11/2026 09.00", "November 2026 hanya sampai tanggal 30; bentuknya"),
        ("publish_at: 2026-11-31 09:00", "November 2026 hanya sampai tanggal 30"),
    ],
)
def test_order_and_calendar_are_told_at_once(line: str, why: str) -> None:
    [fault] = refused(head(line))
    assert why in fault.message
    assert "24 November 2026" in fault.hint and "Misalnya: " in fault.hint


def test_a_date_that_the_calendar_has_is_not_told_of_the_calendar() -> None:
    [fault] = refused(head("date: 30-11-2026"))
    assert "kalender" not in fault.message
    assert fault.hint == "Tulis: date: 2026-11-30"


def test_a_key_below_text_keeps_its_margin() -> None:
    [fault] = refused("---\ntitle: Rapat\ntext:\n  x: [Halo\n---\nIsi.")
    assert fault.hint == 'Tulis:   x: "[Halo"'


def test_all_faults_of_one_file_are_told_at_once_in_the_order_of_their_lines() -> None:
    faults = refused("---\nurgency: segera\nurl: x\nfoto: a\ntitle: Rapat\n---\nIsi.")
    assert [fault.line for fault in faults] == [2, 3, 4]


def test_a_file_that_somebody_may_still_be_writing_is_told_apart() -> None:
    for data in ("", "Isi", "---\ntitle: Rapat\n"):
        with pytest.raises(UnfinishedError):
            read(data)


def test_a_file_that_is_wrong_is_not_taken_for_unfinished() -> None:
    with pytest.raises(QueueItemError) as caught:
        read("---\ndate: 2022-10-03\n---\nIsi.")
    assert not isinstance(caught.value, UnfinishedError)


def test_a_text_for_a_destination_that_is_not_chosen_is_remarked() -> None:
    item = read(head("destinations: [kanal]", 'text: {x: "Halo"}'))
    assert item.remarks == ("`text` untuk x tidak dipakai karena bukan tujuan rilis ini",)


def test_the_first_line_of_a_plain_text_is_its_title() -> None:
    item = read("\n  Apel  Pagi: KPU\n\nIsi rilis.\nBaris dua.\n", "apel.txt")
    assert (item.id, item.release.title, item.release.body) == ("apel", "Apel Pagi: KPU", "Isi rilis.\nBaris dua.")
    assert item.remarks == ()


@pytest.mark.parametrize(
    ("encoding", "remark"),
    [("utf-16", "dibaca sebagai UTF-16"), ("cp1252", "dibaca sebagai Windows-1252"), ("utf-8-sig", None)],
)
def test_a_plain_text_that_word_saved_is_read_and_said_so(encoding: str, remark: str | None) -> None:
    item = read("Apel “Pagi” – KPU\r\n\r\nIsi rilis…\r\n".encode(encoding), "apel.txt")
    assert (item.release.title, item.release.body) == ("Apel “Pagi” – KPU", "Isi rilis…")
    assert item.remarks == ((remark,) if remark else ())


def test_notepads_md_txt_is_read_like_an_md_and_said_so() -> None:
    item = read(head("urgency: urgent"), "berita.md.txt")
    assert (item.id, item.release.title, item.urgency) == ("berita", "Rapat Pleno", Urgency.URGENT)
    assert item.remarks == ("berkas .txt ini diawali ---, jadi dibaca seperti .md",)


@pytest.mark.parametrize(
    ("data", "line"),
    [("", 1), ("Judul saja\n\n", 1), (b"\x81\x8d\x90", 1), (b"GIF89a\x00\x01", 1), (b"\xff\xfea", None)],
)
def test_a_plain_text_without_text_is_refused(data: str | bytes, line: int | None) -> None:
    faults = refused(data, "apel.txt")
    assert faults[0].line == line


def test_a_page_of_releases_as_plain_text_is_refused_with_the_way_to_do_it() -> None:
    page = f"Berita Terkini\n\nSatu Judul\n\n{DATELINE}{LONG}\n\nDua Judul\n\n{DATELINE}{LONG}\n"
    [fault] = refused(page, "halaman.txt")
    assert fault.line == 7
    reason = reasons.text("halaman.txt", "halaman-2.txt", [fault])
    assert "minta teknisi menjalankan:\n\nmedsosbot import queue/rejected/halaman-2.txt\n" in reason
    assert "taruh lagi" not in reason


def test_the_command_for_a_page_with_a_blank_in_its_name_can_be_typed_as_it_stands() -> None:
    page = f"Satu Judul\n\n{DATELINE}{LONG}\n\nDua Judul\n\n{DATELINE}{LONG}\n"
    reason = reasons.text("berita baru.txt", "berita baru.txt", refused(page, "berita baru.txt"))
    assert "medsosbot import 'queue/rejected/berita baru.txt'\n" in reason


def test_a_plain_text_that_opens_with_its_body_is_refused() -> None:
    [fault] = refused(f"\n{DATELINE}{LONG}\n\nParagraf kedua.\n", "a.txt")
    assert (fault.line, fault.message) == (2, "baris pertama adalah isi rilis, bukan judul")


def test_one_release_as_plain_text_is_no_page() -> None:
    assert read(f"Satu Judul\n\n{DATELINE}{LONG}\n\nParagraf kedua.\n", "a.txt").second_dateline is None


@pytest.mark.parametrize("name", ["rapat.md", "rapat.txt"])
def test_a_second_dateline_in_the_body_is_told(name: str) -> None:
    body = f"{DATELINE}{LONG}\n\n{LONG}\n\nBontang, bontang.kpu.go.id – {LONG}"
    text = f"---\ntitle: Rapat\n---\n{body}" if name.endswith("md") else f"Rapat\n{body}"
    assert read(text, name).second_dateline == "Bontang, bontang.kpu.go.id –"


def test_a_table_of_places_is_no_second_dateline() -> None:
    body = f"{DATELINE}{LONG}\n\nSamarinda – 1.204 TPS\nBalikpapan – 987 TPS"
    assert read(f"---\ntitle: Rapat\n---\n{body}").second_dateline is None


def test_a_fault_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "rapat.md").write_text("---\n---\nIsi.")
    with pytest.raises(QueueItemError) as caught:
        read_path(tmp_path / "rapat.md", zone=ZONE, destination_names=NAMES)
    assert [fault.file for fault in caught.value.faults] == ["rapat.md"]


def item_or_faults(data: bytes, name: str) -> QueueItem | str:
    """Whatever the bytes are: an item, or reasons that can be written down."""
    try:
        return read(data, name)
    except QueueItemError as e:
        return reasons.text(name, name, e.faults) + reasons.summary(e.faults)


FRAGMENTS = st.sampled_from(
    [
        *("---\n", "title: ", "Rapat", "\n", ": ", " #", '"', "'", "[", "{", "date: ", "2022-09-06", "publish_at: "),
        *("2026-11-24 24:61", "\t", "  ", "- ", "url: https://", "destinations: [kanal]", "text: {x: a}", "\x00"),
        *("\u202e", "\ufffd", "é", "\r\n", "\r", "&a ", "*a ", "!!x ", "| ", "> ", "? ", "\\u202e", "😀", "\ufeff"),
    ]
)
ANY = st.binary(max_size=300) | st.lists(FRAGMENTS, max_size=25).map(lambda parts: "".join(parts).encode())


@settings(max_examples=300, deadline=None)
@given(data=ANY, name=st.sampled_from(["a.md", "a.txt"]))
def test_any_bytes_at_all_give_an_item_or_reasons(data: bytes, name: str) -> None:
    result = item_or_faults(data, name)
    if isinstance(result, QueueItem):
        assert result.release.title
        assert result.release.body
        (result.release.title + result.release.body).encode()
    else:
        result.encode()


@settings(max_examples=200, deadline=None)
@given(st.lists(FRAGMENTS, max_size=12).map("".join))
def test_any_front_matter_gives_an_item_or_reasons(front: str) -> None:
    item_or_faults(f"---\ntitle: Rapat\n{front}\n---\nIsi.".encode(), "a.md")
