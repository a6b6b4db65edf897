"""How each platform's posts look, as data. Limits: Telegram's Bot API documentation, X's twitter-text v3."""

from __future__ import annotations

from medsosbot.model import Form, Measure, PostStyle

TELEGRAM = PostStyle(form=Form.MESSAGE, limit=4096, measure=Measure.PARSED, markup="HTML", look="bubble")
X = PostStyle(form=Form.POST, limit=280, measure=Measure.WEIGHTED, autolinks=True, look="card")

LOOKS = {"telegram": TELEGRAM, "x": X}
