"""How X reads a text: which words become links, and how long it is (twitter-text v3, weighted)."""

from __future__ import annotations

import re
import unicodedata

COUNTRIES = (
    "ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bv bw by bz"
    " ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm"
    " fo fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is"
    " it je jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm"
    " mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr"
    " ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg"
    " th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw"
)
GENERIC = (
    "com org net info biz edu gov mil int data app dev news blog xyz online site page link tv web media live"
    " today world store shop tech top pro name mobi asia jobs post tel travel museum coop aero cat"
)
ENDINGS = "|".join(sorted((COUNTRIES + " " + GENERIC).split(), key=len, reverse=True))
URL = re.compile(
    r"(?<![\w@#$./-])(?:https?://)?(?:[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?\.)+(?:" + ENDINGS + r")(?![\w@-])"
    r"(?::\d+)?(?:/[\w\-./~%!$&'()*+,;=:@]*[\w\-/~%=+])?/?(?:\?[\w\-./?%&=;+~#]*[\w%=&/])?",
    re.IGNORECASE,
)
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
CASHTAG = re.compile(r"(?<![\w$])\$[A-Za-z]{1,6}(?:[._][A-Za-z]{1,2})?(?![\w])")
EMOJI = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3"
    "|[\u2190-\u2bff\u3030\u303d\U0001f000-\U0001faff]\ufe0f?[\U0001f3fb-\U0001f3ff]?"
    "(?:\u200d[\u2190-\u2bff\U0001f000-\U0001faff]\ufe0f?[\U0001f3fb-\U0001f3ff]?)*"
)


def urls(text: str) -> list[re.Match[str]]:
    """Every stretch that X turns into a link."""
    return list(URL.finditer(text))


def weight(text: str) -> float:
    """The length of which 280 is the most: a URL 23, an emoji sequence 2, most scripts 1, the rest 2."""
    text = unicodedata.normalize("NFC", text)
    bare, links = URL.subn("", text)
    total = 23.0 * links
    rest, emoji = EMOJI.subn("", bare)
    total += 2 * emoji
    for char in rest:
        total += 1 if any(low <= ord(char) <= high for low, high in LIGHT) else 2
    return total
