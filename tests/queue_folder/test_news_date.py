from __future__ import annotations

from datetime import date

import pytest

from medsosbot.queue_folder.news_date import news_date
from tests.queue_folder.reading import RULES, read

TODAY = date(2022, 10, 1)


def found(title: str, body: str, head: str = "") -> date:
    return news_date(read(f"---\ntitle: {title}\n{head}\n---\n{body}\n"), RULES, TODAY)


def test_a_written_date_counts_before_everything_printed() -> None:
    assert found("Rapat 6 September 2022", "Isi", "date: 2022-09-07") == date(2022, 9, 7)


def test_the_title_counts_before_the_first_paragraph() -> None:
    assert found("Rapat 6 September 2022", "Isi, Senin (5/9/2022).") == date(2022, 9, 6)


@pytest.mark.parametrize(
    "printed",
    [
        "Kamis (6/9/2022)",
        "Selasa – Rabu (6-7/09/2022)",
        "6 sampai dengan 8 September 2022",
        "(4/3) dan 6 September 2022",
    ],
)
def test_the_first_full_date_of_the_first_paragraph_counts(printed: str) -> None:
    assert found("Rapat", f"Rapat digelar {printed} di Samarinda.\n\nPada 1 September 2022 sudah ada rapat.") == date(
        2022, 9, 6
    )


def test_a_day_that_is_still_to_come_is_not_the_date_of_the_news() -> None:
    assert found("Rapat", "Pemungutan suara 14 Februari 2024 dibahas Senin (5/9/2022).") == date(2022, 9, 5)
    assert found("Rapat", "Pemungutan suara 14 Februari 2024 dibahas.") == TODAY


def test_a_date_further_down_is_not_the_date_of_the_news() -> None:
    assert found("Rapat", "Isi.\n\nPada 6 September 2022 ada rapat.") == TODAY
