"""The date of the news, by which releases are ordered."""

from __future__ import annotations

from datetime import date

from medsosbot.queue_folder.item import QueueItem
from medsosbot.text.dates import mentions
from medsosbot.text.rules import Rules


def news_date(item: QueueItem, rules: Rules, intake_day: date) -> date:
    """As written; else the first full date in the title, else in the body's first paragraph, that isn't after
    `intake_day` (of a range its first day); else `intake_day`."""
    if item.release.date:
        return item.release.date
    for text in (item.release.title, item.release.body.split("\n\n", 1)[0]):
        for mention in mentions(text, rules):
            found = mention.days[0].whole
            if found and found <= intake_day:
                return found
    return intake_day
