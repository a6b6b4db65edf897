"""Building blocks of pages, made up for the tests."""

from __future__ import annotations

PROSE = (
    "KPU Kota Bontang melaksanakan sosialisasi tahapan pemilihan kepada pemilih pemula di Aula Kantor KPU Kota "
    "Bontang, Rabu (7/6/2023). Kegiatan ini diikuti oleh 40 siswa dari delapan sekolah menengah."
)
BYLINE = "(Humas KPU Bontang)"
DATELINES = (
    "Samarinda, kaltim.kpu.go.id – ",
    "Samarinda, kaltim.kpu.go.id\u00a0-\u00a0",
    "Kab-jepara.kpu.go.id – ",
    "BALIKPAPAN—",
    "Bontang – ",
    "Bontang, 8 Juni 2023 – ",
    "Sidoarjo (kab-sidoarjo.kpu.go.id) – ",
    "Pasangkayu; ",
    "bontang.kpu.go.id ",
)
BYLINES = (
    BYLINE,
    "(AK/FN)",
    "(rap/ed. Foto: Dewi)",
    "(DA_ZI_Tekhum)",
    "\n\nEditor: Dewi",
    "\n\n(Tim Medsos KPU Kaltim)",
    "",
)


def page(*blocks: str) -> str:
    return "\n\n".join(blocks) + "\n"
