"""Currencies, by sign, code or word. Texts come folded (`generator.verify.scan`)."""

import re
from typing import Final

from generator.verify.dating import END, any_of

CURRENCIES: Final = {
    "$": "USD", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY/JPY", "₸": "KZT", "₪": "ILS",
    "₹": "INR", "₽": "RUB", "₺": "TRY", "₩": "KRW", "₴": "UAH", "₾": "GEL", "₼": "AZN",
    "a$": "AUD", "c$": "CAD", "hk$": "HKD", "nz$": "NZD", "s$": "SGD", "rs": "INR/LKR/NPR/PKR",
    "au$": "AUD", "ca$": "CAD", "r$": "BRL", "nt$": "TWD", "mx$": "MXN", "uk£": "GBP", "e£": "EGP",
    "rmb": "CNY", "nis": "ILS",
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "yen": "JPY", "yuan": "CNY", "tenge": "KZT",
    "shekel": "ILS", "rupee": "INR/LKR/NPR/PKR", "ruble": "RUB", "rouble": "RUB", "lira": "TRY",
    "hryvnia": "UAH", "lari": "GEL", "manat": "AZN/TMT", "dram": "AMD", "dirham": "AED/MAD",
    "dinar": "BHD/IQD/JOD/KWD/LYD/RSD/TND", "riyal": "OMR/QAR/SAR/YER", "rial": "IRR/OMR/YER",
    "franc": "CHF/XAF/XOF", "som": "KGS/UZS", "peso": "ARS/CLP/COP/MXN/PHP", "krone": "DKK/NOK",
    "krona": "SEK", "zloty": "PLN", "canadian dollar": "CAD", "australian dollar": "AUD",
    "singapore dollar": "SGD", "hong kong dollar": "HKD", "egyptian pound": "EGP",
    "lebanese pound": "LBP", "sudanese pound": "SDG", "syrian pound": "SYP",
    "new zealand dollar": "NZD",
}  # fmt: skip
CODES: Final = frozenset(
    {"CZK", "HUF", "IDR", "MYR", "NGN", "RON", "TJS", "ZAR"}.union(
        *(codes.split("/") for codes in CURRENCIES.values())
    )
)
NATIONS: Final = (
    "american", "canadian", "australian", "singapore", "hong kong", "new zealand", "egyptian",
    "lebanese", "sudanese", "syrian", "british", "russian", "indian", "kazakh", "kazakhstani",
    "israeli", "turkish", "chinese",
)  # fmt: skip
_NATION: Final = rf"(?:(u\.?s\.?|{'|'.join(NATIONS)})[ -])?"
NOUNS: Final = any_of(word for word in CURRENCIES if word.isalpha() and len(word) > 2)
_SIGN: Final = f"[{''.join(sign for sign in CURRENCIES if len(sign) == 1)}]"
_CURRENCY_AFTER: Final = re.compile(
    rf"({_SIGN})(?!\d)| ({_SIGN})(?! ?\d)|[ -]?([A-Z]{{3}}){END}"
    rf"|[ -](?ai:{_NATION}({NOUNS})s?){END}"
)
_CURRENCY_BEFORE: Final = re.compile(rf"(?:((?:\b[A-Z]{{1,2}})?{_SIGN})|\b([A-Z]{{3}}|Rs\.?)) ?$")
# What may stand right before a number and belong to it.
_LEADING: Final = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ%").union(
    sign for sign in CURRENCIES if len(sign) == 1
)


def may_follow_lead(text: str, start: int) -> bool:
    """Say whether a sign, a capital, "Rs" or "Rs.", with a space at most, or a point stands before a place."""
    last = start - 1
    while last >= 0 and start - last <= 2 and text[last] in " \n":
        last -= 1
    return last >= 0 and (
        text[last] in _LEADING
        or (text[last] in "s." and (last == start - 1 or text[last - 1 : last + 1] in ("Rs", "s.")))
    )


def currency_before(text: str, start: int, floor: int) -> tuple[str, int] | None:
    """Give the currency written before a number, and where it begins."""
    if not may_follow_lead(text, start):
        return None
    offset = max(floor, start - 8)
    match = _CURRENCY_BEFORE.search(text[offset:start])
    if match is None:
        return None
    word = (match[1] or match[2]).rstrip(".")
    code = word if word in CODES else CURRENCIES.get(word.lower())
    if not code and match[1]:
        # The dollars and pounds of others are not those of the sign alone.
        code = word if word[-1] in "$£" else CURRENCIES[word[-1]]
    return (code, offset + match.start()) if code else None


def currency_after(text: str, end: int) -> tuple[str, int] | None:
    """Give the currency written behind a number, and where it ends."""
    match = _CURRENCY_AFTER.match(text, end)
    if match is None or (match[3] and match[3] not in CODES):
        return None
    glued, sign, code, nation, noun = match.groups()
    if noun:
        special = CURRENCIES.get(f"{nation} {noun}".lower())
        return special or CURRENCIES[noun.lower()], match.end()
    return code or CURRENCIES[glued or sign], match.end()
