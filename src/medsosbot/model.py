"""The words that every room shares, as frozen values. Nothing here does any work of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class DeliveryState(StrEnum):
    """The states of a delivery (one item at one destination)."""

    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    HELD = "held"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


# An item's state is the first of these that any of its deliveries has.
ITEM_STATE_ORDER = (
    DeliveryState.HELD,
    DeliveryState.UNCERTAIN,
    DeliveryState.FAILED,
    DeliveryState.PUBLISHING,
    DeliveryState.SCHEDULED,
    DeliveryState.PUBLISHED,
    DeliveryState.EXPIRED,
    DeliveryState.CANCELLED,
)
ENDED = frozenset({DeliveryState.CANCELLED, DeliveryState.EXPIRED})


class PartState(StrEnum):
    """The states of a part (one message of a delivery)."""

    WAITING = "waiting"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    UNCERTAIN = "uncertain"
    FAILED = "failed"


class Urgency(StrEnum):
    """How an item stands in line."""

    URGENT = "urgent"
    NORMAL = "normal"
    EVERGREEN = "evergreen"


class Form(StrEnum):
    """What is made of a release."""

    POST = "post"  # short: the shortened text, the link, hashtags
    MESSAGE = "message"  # long: bold title, the whole release, the link
    CAPTION = "caption"  # as a message, ends at a sentence


class Measure(StrEnum):
    """How a platform counts the length of a text."""

    WEIGHTED = "weighted"  # twitter-text v3
    PARSED = "parsed"  # code points after HTML entity parsing


@dataclass(frozen=True)
class PostStyle:
    """How posts of one platform look: data, so that a preview needs no network and nobody asks for a name.

    limit: in the units of `measure`. url_length: what one URL counts, where URLs have a fixed length.
    link: "always" | "never", the destination's policy. autolinks: bare domains become links and count as one.
    look: "bubble" | "card", how the preview draws it.
    """

    form: Form
    limit: int
    measure: Measure
    markup: str | None = None
    link: str = "always"
    autolinks: bool = False
    max_hashtags: int = 2
    look: str = "bubble"


@dataclass(frozen=True)
class Release:
    """The press text, as read from a queue file or a page; nothing shortened yet.

    body: the paragraphs, separated by blank lines, with dateline and byline as printed.
    date: of the news, None where none was written. hashtags: the office's own topics, without "#".
    texts: the office's own words by destination name.
    """

    title: str
    body: str
    date: date | None = None
    url: str | None = None
    hashtags: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Objection:
    """Why a composed post may not go out by itself: the gate's name and an Indonesian sentence for the office."""

    gate: str
    message: str


@dataclass(frozen=True)
class Dropped:
    """Something of the release that a post leaves out: the text as printed, and why in one word ("space", "rule" …)."""

    text: str
    why: str


@dataclass(frozen=True)
class Piece:
    """Where one piece of a post came from.

    text: as it stands in the post (plain, before markup). source: the sentence of the release, as printed.
    start, end: the source's place in `Release.body`, or -1, -1 for the title. deleted: the words that fell inside
    it, each with its rule.
    """

    text: str
    source: str
    start: int
    end: int
    deleted: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Composition:
    """What the composer made: the parts' texts as they go over the wire, and the account of how.

    objections: not empty means that this delivery is held; the parts are then the draft.
    remarks: Indonesian sentences that the preview tells and that hold nothing.
    """

    parts: tuple[str, ...]
    dropped: tuple[Dropped, ...] = ()
    trace: tuple[Piece, ...] = ()
    objections: tuple[Objection, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Part:
    """One message of a delivery as it goes to a platform. seq counts from 1; text is what goes over the wire."""

    item_id: str
    seq: int
    text: str
    markup: str | None = None


@dataclass(frozen=True)
class Receipt:
    """A platform's answer: the ids it gave, the public link, the text as it shows it and its own time (UTC)."""

    ids: tuple[str, ...]
    url: str | None = None
    raw_text: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Intent:
    """What was on record before a call: where evidence begins to look.

    at: aware UTC. anchor: the highest remote id that was known at this destination before the part's first attempt
    that is not proved unsent; None where nothing was known. known: ids that are other posts of ours.
    """

    at: datetime
    anchor: str | None
    known: frozenset[str] = frozenset()
