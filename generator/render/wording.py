"""Words that the pages show for standings, acts, kinds of source and numbers."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
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
LANGUAGES = """
    aa Afar; ab Abkhaz; af Afrikaans; ak Akan; am Amharic; an Aragonese; ar Arabic; arc Aramaic; as
    Assamese; av Avar; ay Aymara; az Azerbaijani; ba Bashkir; be Belarusian; bg Bulgarian; bho Bhojpuri;
    bi Bislama; bm Bambara; bn Bengali; bo Tibetan; br Breton; bs Bosnian; ca Catalan; ce Chechen; ckb
    Central Kurdish; cs Czech; cv Chuvash; cy Welsh; da Danish; de German; dv Dhivehi; dz Dzongkha; ee
    Ewe; el Greek; en English; eo Esperanto; es Spanish; et Estonian; eu Basque; fa Persian; ff Fula; fi
    Finnish; fil Filipino; fj Fijian; fo Faroese; fr French; fy West Frisian; ga Irish; gd Scottish
    Gaelic; gl Galician; gn Guarani; grc Ancient Greek; gu Gujarati; ha Hausa; he Hebrew; hi Hindi; hr
    Croatian; ht Haitian Creole; hu Hungarian; hy Armenian; id Indonesian; ig Igbo; is Icelandic; it
    Italian; iu Inuktitut; ja Japanese; jv Javanese; ka Georgian; kab Kabyle; kg Kongo; ki Kikuyu; kk
    Kazakh; kl Greenlandic; km Khmer; kn Kannada; ko Korean; ks Kashmiri; ku Kurdish; ky Kyrgyz; la
    Latin; lb Luxembourgish; lg Luganda; ln Lingala; lo Lao; lt Lithuanian; lv Latvian; mg Malagasy; mi
    Maori; mk Macedonian; ml Malayalam; mn Mongolian; mr Marathi; ms Malay; mt Maltese; my Burmese; nb
    Norwegian Bokmål; nd Northern Ndebele; ne Nepali; nl Dutch; nn Norwegian Nynorsk; no Norwegian; nr
    Southern Ndebele; nso Northern Sotho; ny Chichewa; oc Occitan; om Oromo; or Odia; os Ossetian; pa
    Punjabi; pl Polish; ps Pashto; pt Portuguese; qu Quechua; rm Romansh; rn Kirundi; ro Romanian; ru
    Russian; rw Kinyarwanda; sa Sanskrit; sd Sindhi; se Northern Sami; sg Sango; si Sinhala; sk Slovak;
    sl Slovene; sm Samoan; sn Shona; so Somali; sq Albanian; sr Serbian; ss Swazi; st Southern Sotho; su
    Sundanese; sv Swedish; sw Swahili; syr Syriac; ta Tamil; te Telugu; tet Tetum; tg Tajik; th Thai; ti
    Tigrinya; tk Turkmen; tl Tagalog; tn Tswana; to Tongan; tpi Tok Pisin; tr Turkish; ts Tsonga; tt
    Tatar; tw Twi; ty Tahitian; ug Uyghur; uk Ukrainian; ur Urdu; uz Uzbek; ve Venda; vi Vietnamese; wo
    Wolof; xh Xhosa; yi Yiddish; yo Yoruba; yue Cantonese; za Zhuang; zgh Tamazight; zh Chinese; zu Zulu
"""
LANGUAGE_NAME = dict(one.split(maxsplit=1) for one in " ".join(LANGUAGES.split()).split("; "))
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
RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"]
)
_RIGHT_TO_LEFT = ("R", "AL")  # classes of letters
_LEFT_TO_RIGHT = "\u200e"
RIGHT_TO_LEFT_SCRIPT = frozenset(["Adlm", "Arab", "Hebr", "Nkoo", "Rohg", "Syrc", "Thaa"])


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
    """`rtl` or `ltr`, for a language tag: by its script where it gives one."""
    parts = language.split("-")
    script = next((part for part in parts[1:] if len(part) == 4 and part.isalpha()), "")
    is_rtl = script.title() in RIGHT_TO_LEFT_SCRIPT if script else parts[0] in RIGHT_TO_LEFT
    return "rtl" if is_rtl else "ltr"


def set_apart(name: str) -> str:
    """A name in a line from left to right: behind one from right to left stands a mark nobody sees.

    Without it the number or the name that follows would join it (Unicode Standard Annex 9, 2.6).
    """
    if name.isascii():
        return name
    is_rtl = any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in name)
    return name + _LEFT_TO_RIGHT if is_rtl else name


def listed(names: Iterable[str]) -> Markup:
    """Names in a line, in their order whichever way each of them runs; escaped."""
    return Markup(", ").join(map(set_apart, names))


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
