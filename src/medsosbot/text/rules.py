"""The rules of shortening as one frozen value, made from the files of `config/words/`.

Nothing here knows Indonesian: months, glossary, protected words, what opens speech, what a role is, all of it is data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from medsosbot import strict_yaml
from medsosbot.text.phrases import Phrases
from medsosbot.text.rule_files import (
    Abbreviations,
    Calendar,
    Hashtags,
    Rewrite,
    Topic,
    abbreviations_of,
    calendar_of,
    glossary_of,
    hashtags_of,
    no_others,
    table_of,
    text_of,
    texts_of,
    typos_of,
)

__all__ = ["Abbreviations", "Calendar", "Hashtags", "Rewrite", "Rules", "Topic", "default_data", "default_rules"]

# file stem -> the lists that it must hold. `Rules.lists` knows each as "stem.key".
LISTS: Mapping[str, Sequence[str]] = {
    "clauses": [
        "companions",
        "purpose",
        "scope",
        "about",
        "preamble",
        "asking",
        "scope_words",
        "open_end",
        "cut_before",
        "no_verbs",
        "verbs",
        "event_verbs",
        "dangling",
        "pointing",
        "verb_prefixes",
    ],
    "speech": ["verbs", "always", "tags", "occasions", "resume", "doubt"],
    "status": [
        "status",
        "labels",
        "denial",
        "rumour",
        "deadline",
        "window",
        "call",
        "correction",
        "wrong",
        "right",
        "temporary",
        "other_dates",
    ],
    "facts": [
        "roles",
        "venues",
        "wide",
        "online",
        "events",
        "results",
        "filler",
        "offices",
        "units",
        "number_words",
        "no_number",
        "empty",
        "titles_of_people",
        "places",
        "fields",
        "bare_degrees",
    ],
    "grammar": [
        "agent",
        "before_verb",
        "directly",
        "manner",
        "adverbs",
        "day",
        "date",
        "until",
        "which",
        "that",
        "joins",
        "lists",
        "and",
        "at",
        "at_or_to",
        "held_at",
        "lies",
        "upon",
        "starts",
        "bounds",
        "leans",
        "verbless",
        "once",
        "passive",
        "phrase_verbs",
        "acting_verbs",
        "results",
        "this_event",
        "gatherings",
        "near",
        "small",
        "resumed",
        "pronouns",
        "spans_of_time",
        "clock",
        "zones",
        "floors",
        "wide_places",
        "no_city",
        "members",
        "amounts",
        "no_holder",
        "in_role",
        "in_name",
        "organisers",
        "actors",
        "ranks",
        "no_initials",
        "divisions",
        "division",
        "alleged",
        "according",
        "him",
    ],
    "gates": [
        "free",
        "and",
        "before_date",
        "then",
        "times",
        "itself",
        "this",
        "anchors",
        "occasions",
        "causes",
        "purposes",
        "conditions",
        "listers",
        "as",
        "making",
        "before_verb",
        "with_subject",
        "wanting",
        "events",
        "any_event",
        "pronouns",
        "calendar",
        "saying",
        "imperatives",
        "shifts",
        "alleged",
        "negations",
        "opening",
        "opened",
        "closing",
        "until",
        "taken_in",
        "formerly",
        "instead_of",
        "from",
        "becoming",
        "link_words",
        "claim_labels",
        "weak_denials",
        "denying",
        "firmly",
        "claims",
        "answers",
        "granting",
        "also",
        "ruling",
        "breaches",
        "sanctions",
        "forbidding",
        "all_the_same",
        "left_over",
        "men",
        "women",
        "granted",
        "counting",
        "counters",
        "measures",
        "announcing",
        "called_off",
        "is_open",
        "answering",
        "lasting",
        "consisting",
        "moved",
        "explaining",
        "still",
        "both",
    ],
    "protected": ("before", "after", "names_with_commas", "anaphoric_start", "drop_after"),
    "calendar": ("relative",),
}


# Lists in which a capital matters: "Anggota" is a role, "anggota" may be anybody.
CASED = frozenset(
    {
        "facts.roles",
        "facts.venues",
        "facts.events",
        "facts.results",
        "facts.offices",
        "facts.no_number",
        "facts.titles_of_people",
        "facts.wide",
        "grammar.wide_places",
        "grammar.organisers",
        "grammar.actors",
        "grammar.ranks",
        "grammar.division",
        "grammar.members",
        "facts.places",
        "facts.bare_degrees",
        "clauses.scope",
        "clauses.preamble",
        "speech.resume",
    }
)


STEMS = (
    "abbreviations",
    "calendar",
    "clauses",
    "facts",
    "gates",
    "glossary",
    "grammar",
    "hashtags",
    "phrases",
    "protected",
    "speech",
    "status",
    "typos",
)


@dataclass(frozen=True, eq=False)
class Rules:
    """Everything that shortening goes by. Compared by identity: two readings of the same files are two values."""

    glossary: tuple[Rewrite, ...]
    typos: Mapping[str, str]
    hashtags: Hashtags
    calendar: Calendar
    abbreviations: Abbreviations
    lists: Mapping[str, Phrases]
    more: str

    def __getitem__(self, name: str) -> Phrases:
        """The list of that name, such as "speech.verbs"."""
        return self.lists[name]

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> Rules:
        """Check and build. data: file stem -> its strictly read value. Raises ValueError naming file and entry."""
        unknown = sorted(set(data) - set(STEMS))
        missing = sorted(set(STEMS) - set(data))
        if unknown or missing:
            what = [f"{stem}.yaml is not a file of rules" for stem in unknown] + [
                f"{s}.yaml is missing" for s in missing
            ]
            raise ValueError("; ".join(what))
        lists = {}
        for stem, keys in LISTS.items():
            table = table_of(data[stem], stem)
            for key in keys:
                lists[f"{stem}.{key}"] = Phrases(texts_of(table, stem, key), cased=f"{stem}.{key}" in CASED)
            if stem != "calendar":
                no_others(table, stem, set(keys))
        phrases = table_of(data["phrases"], "phrases")
        no_others(phrases, "phrases", {"more"})
        return cls(
            glossary=glossary_of(data["glossary"]),
            typos=typos_of(data["typos"]),
            hashtags=hashtags_of(table_of(data["hashtags"], "hashtags")),
            calendar=calendar_of(table_of(data["calendar"], "calendar")),
            abbreviations=abbreviations_of(table_of(data["abbreviations"], "abbreviations")),
            lists=lists,
            more=text_of(phrases.get("more"), "phrases.yaml: more"),
        )


def default_data() -> dict[str, object]:
    """The rules that the package carries: file stem -> value."""
    folder = resources.files("medsosbot") / "words"
    return {stem: strict_yaml.load((folder / f"{stem}.yaml").read_text("utf-8")).data for stem in STEMS}


@cache
def default_rules() -> Rules:
    """The rules that the package carries, read once."""
    return Rules.from_data(default_data())
