"""Words that the pages show for standings, acts, kinds of source and numbers."""

from __future__ import annotations

from functools import lru_cache

from markupsafe import Markup, escape

from generator import date as dates
from generator.date import Date
from generator.model.kind import Standing
from generator.model.stage import Support

STANDING_LABEL: dict[Standing, str] = {
    "corroborated": "Corroborated",
    "single-origin": "Single origin",
    "disputed": "Disputed",
    "derived": "Derived",
    "judgement": "Judgement",
    "deprecated": "Reported, since corrected",
}
STANDING_ABOUT: dict[Standing, str] = {
    "corroborated": "Two or more independent origins report it. Articles that repeat the same agency or statement count as one.",
    "single-origin": "One origin reports it, in however many articles.",
    "disputed": "Another claim that still stands contradicts it; both are shown side by side.",
    "derived": "It follows from other claims, which are named with the reasoning.",
    "judgement": "An assessment, with its likelihood and its confidence stated separately.",
    "deprecated": "It was reported and is kept for the record, with the reason why it no longer stands.",
}
ACT_LABEL = {
    "announced": "Announced",
    "signed": "Signed",
    "ratified": "Ratified",
    "in-force": "In force",
    "implemented": "Implemented",
    "stalled": "Stalled",
    "suspended": "Suspended",
    "withdrawn": "Withdrawn",
}
SOURCE_KIND_LABEL = {
    "news-report": "News report",
    "analysis": "Analysis",
    "opinion": "Opinion",
    "interview": "Interview",
    "official-statement": "Official statement",
    "dataset": "Dataset",
    "rewrite": "Rewrite of another's report",
}
STATUS_LABEL = {"current": "Current", "corrected": "Corrected", "retracted": "Retracted"}
LANGUAGE_NAME = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fa": "Persian",
    "fr": "French",
    "he": "Hebrew",
    "kk": "Kazakh",
    "ky": "Kyrgyz",
    "ru": "Russian",
    "tg": "Tajik",
    "tk": "Turkmen",
    "tr": "Turkish",
    "uz": "Uzbek",
    "zh": "Chinese",
}
SCRIPT_NAME = {
    "Arab": "Arabic",
    "Cyrl": "Cyrillic",
    "Hans": "simplified",
    "Hant": "traditional",
    "Latn": "Latin",
}
KIND_OF_CHANGE = {
    "added": "Added",
    "changed": "Changed",
    "withdrawn": "Withdrawn",
    "removed": "Removed",
    "reinstated": "Stands again",
    "disputed": "Now disputed",
    "settled": "No longer disputed",
    "single": "Now resting on one origin",
    "corroborated": "Newly corroborated",
    "sources": "Other sources cited",
    "renamed": "Named otherwise",
    "corrected": "Source corrected",
    "retracted": "Source retracted",
    "restored": "Source stands again",
}
RIGHT_TO_LEFT = frozenset({"ar", "he", "fa", "ur", "ps", "yi", "dv", "ckb"})


def plural(number: int, singular: str, many: str | None = None) -> str:
    """`1 claim`, `2 claims`, `3 countries`."""
    return f"{number:,} {singular if number == 1 else many or singular + 's'}"


def language(tag: str) -> str:
    """Name of a language, with its script where the tag gives one; the tag itself when unknown."""
    parts = tag.split("-")
    name = LANGUAGE_NAME.get(parts[0])
    if name is None:
        return tag
    script = SCRIPT_NAME.get(parts[1]) if len(parts) > 1 else None
    return f"{name} ({script})" if script else name


def direction(language: str) -> str:
    """`rtl` or `ltr`, for a language tag."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def support_words(support: Support) -> str:
    """How a claim is supported: `3 articles, 2 origins`."""
    if not support.citations:
        return ""
    articles = len({citation.quotation.source for citation in support.citations})
    return _support_words(articles, support.voices)


@lru_cache(maxsize=4096)
def _support_words(articles: int, voices: int) -> str:
    return f"{plural(articles, 'article')}, {plural(voices, 'origin')}"


@lru_cache(maxsize=1 << 14)
def time_element(date: Date) -> Markup:
    """A date for readers and programs."""
    iso, shown = dates.iso(date), dates.display(date)
    if iso is None:
        return Markup(f"<span>{escape(shown)}</span>")  # noqa: S704 - escaped
    return Markup(f'<time datetime="{escape(iso)}">{escape(shown)}</time>')  # noqa: S704 - as above


@lru_cache(maxsize=1 << 14)
def period_element(start: Date | None, end: Date | None) -> Markup:
    """A span of time for readers and programs."""
    if start and end:
        return Markup(f"{time_element(start)} to {time_element(end)}")  # noqa: S704 - both are
    if start:
        return Markup(f"since {time_element(start)}")  # noqa: S704 - as above
    return Markup(f"until {time_element(end)}") if end else Markup()  # noqa: S704 - as above
