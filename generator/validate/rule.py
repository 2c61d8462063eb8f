"""Rules between the values of one claim; what breaks one is a finding in the sink."""

from __future__ import annotations

import re

from generator.date import reversed_span
from generator.diagnostics import Sink
from generator.markup import Link, parse_markup
from generator.model.fact import Claim
from generator.model.kind import LIKELIHOODS
from generator.textfile import Span
from generator.yamlio import key_span

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
SCALE = re.compile(
    r"\b(?:" + "|".join(sorted(LIKELIHOODS, key=len, reverse=True)) + r")\b", re.IGNORECASE
)
_LEVEL = re.compile(
    r"(?<=\bconfidence is )(?:low|moderate|high)\b"
    r"|\b(?:low|moderate|high)(?= confidence\b)",
    re.IGNORECASE,
)
CONFIDENCE = re.compile(r"\bconfidence\b", re.IGNORECASE)
# With the words that the same standard (ICD 203, section D.6.e.2.a) gives the same meanings.
LIKELIHOOD = re.compile(
    r"\b(?:"
    + "|".join(sorted(LIKELIHOODS, key=len, reverse=True))
    + r"|(?:im)?probabl[ey]|nearly certain|roughly even odds)\b",
    re.IGNORECASE,
)
LONGEST_HEADING = 200
"""Characters that a heading or label may have."""
# What makes a heading or label state a figure: digits, raised, lowered, circled, or a fraction.
FIGURE = re.compile(
    r"\d(?:[\d.,]*\d)?"
    r"|[\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2079\u2080-\u2089\u2150-\u2189\u2460-\u249b]"
)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--")


def check_claim(claim: Claim, sink: Sink) -> None:
    """Run every rule on a claim."""
    check_content(claim, sink)
    check_citation(claim, sink)
    check_kind(claim, sink)
    check_rank(claim, sink)
    check_reason(claim, sink)
    check_dates(claim, sink)
    check_markup(claim, sink)


def check_content(claim: Claim, sink: Sink) -> None:
    """A claim says something: words, or a property with its value."""
    if claim.part != "claims":
        if claim.part == "place" and (claim.value is None) == (claim.value_entity is None):
            sink.add(
                "V212",
                "a place is either words or a page",
                claim.key_span,
                "give `value: Washington`, or `entity: washington`",
            )
        return
    if claim.property_id and claim.value is None:
        sink.add(
            "V212",
            f"the property `{claim.property_id}` has no value",
            claim.span("property"),
            "add `value: …`",
        )
    elif claim.value is not None and not claim.property_id:
        sink.add("V212", "the value has no property", claim.span("value"), "add `property: …`")
    elif claim.text is None and claim.property_id is None:
        sink.add(
            "V212",
            "the claim says nothing",
            claim.key_span,
            "add `text: …`, or `property: …` and `value: …`",
        )


def check_citation(claim: Claim, sink: Sink) -> None:
    """A reported claim carries a citation; nothing else makes it publishable."""
    if claim.kind == "reported" and not claim.quotations:
        sink.add(
            "V211",
            "the claim has no citation",
            claim.key_span,
            "add `cite: {source-id: words of the source}`",
        )


def check_kind(claim: Claim, sink: Sink) -> None:
    """Derived claims and judgements name what they rest on; reported ones do not."""
    if claim.kind == "reported":
        if not (claim.premises or claim.reasoning or claim.likelihood or claim.confidence):
            return
        for key in ("premises", "reasoning", "likelihood", "confidence"):
            if getattr(claim, key):
                sink.add(
                    "V224",
                    f"a reported claim has no `{key}`",
                    key_span(claim.node, (key,)),
                    "remove it, or set `kind: derived` or `kind: judgement`",
                )
        return
    needs = {
        "derived": ("premises", "reasoning"),
        "judgement": ("premises", "likelihood", "confidence"),
    }
    for key in needs[claim.kind]:
        if not getattr(claim, key):
            sink.add(
                "V215",
                f"a claim of kind `{claim.kind}` lacks `{key}`",
                claim.span("kind"),
                f"add `{key}: …`",
            )
    if claim.kind == "judgement":
        check_judgement(claim, sink)


def check_judgement(claim: Claim, sink: Sink) -> None:
    """Likelihood and confidence never stand in one sentence (ICD 203, section D.6.e.2.a)."""
    text = claim.text or ""
    at = 0
    for sentence in _SENTENCE_END.split(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        found = CONFIDENCE.search(sentence)
        if found and LIKELIHOOD.search(sentence):
            span = _span_in(claim, "text", start + found.start(), start + found.end())
            sink.add(
                "V221",
                "likelihood and confidence stand in one sentence",
                span,
                "give the confidence in a sentence of its own",
            )
    check_terms(claim, sink)


def check_terms(claim: Claim, sink: Sink) -> None:
    """The words of a judgement give the likelihood and the confidence that its keys give."""
    terms = {"likelihood": (SCALE, claim.likelihood), "confidence": (_LEVEL, claim.confidence)}
    for key, (pattern, declared) in terms.items():
        for found in pattern.finditer(claim.text or ""):
            if declared and found.group().lower() != declared:
                sink.add(
                    "V233",
                    f"the text says `{found.group()}`, the key `{key}` says `{declared}`",
                    _span_in(claim, "text", *found.span()),
                    "make the two agree",
                )


def check_rank(claim: Claim, sink: Sink) -> None:
    """A deprecated claim says why."""
    if claim.rank == "deprecated" and not claim.reason:
        sink.add(
            "V213", "a deprecated claim gives no reason", claim.span("rank"), "add `reason: …`"
        )


def check_reason(claim: Claim, sink: Sink) -> None:
    """A reason is that of a deprecation: beside another claim it would never be shown."""
    if claim.reason and claim.rank != "deprecated":
        sink.add(
            "V232",
            "a claim that is not deprecated gives a `reason`",
            key_span(claim.node, ("reason",)),
            "add `rank: deprecated`, or write it as a `note`",
        )


def check_dates(claim: Claim, sink: Sink) -> None:
    """A date or a span, and the span the right way round."""
    if claim.part == "date":
        pass  # its date is its value: `check_event_date`
    elif claim.date and (claim.start or claim.end):
        sink.add(
            "V229",
            "a date and a span are both given",
            claim.span("date"),
            "keep `date`, or `from` and `to`",
        )
    if claim.start and claim.end and reversed_span(claim.start, claim.end):
        sink.add(
            "V206",
            f"`from` is later than `to`: `{claim.start.text}`, `{claim.end.text}`",
            claim.span("from"),
            "exchange the two",
        )


def check_event_date(claim: Claim, given: list[str], sink: Sink) -> None:
    """An event's date is its value, and nothing is `given` besides."""
    for key in given:
        sink.add(
            "V229",
            f"an event's date is its `value`, and `{key}` is given too",
            key_span(claim.node, (key,)),
            "remove it; a span is written as in `value: 2019-05-02/2019-05-03`",
        )


def check_markup(claim: Claim, sink: Sink) -> None:
    """Links are well-formed, and a text holds no HTML."""
    texts = (
        ("text", None if claim.is_composed else claim.text),
        ("note", claim.note),
        ("reason", claim.reason),
        ("reasoning", claim.reasoning),
        ("office", claim.office),
        ("as", claim.capacity),
    )
    for key, text in texts:
        if not text:
            continue
        if "[[" not in text and "]]" not in text and "<" not in text:
            continue  # most texts have no markup of any kind
        links, faults = parse_markup(text)
        if key in ("office", "as") and any(isinstance(part, Link) for part in links):
            # These words become part of a sentence that the tool writes.
            hint = "write plain words, and the sentence with its links under `text`"
            sink.add("V218", f"a link stands in `{key}`", claim.span(key), hint)
        for fault in faults:
            sink.add("V218", fault.reason, _span_in(claim, key, fault.start, fault.end), fault.hint)
        for tag in _TAG.finditer(text):
            span = _span_in(claim, key, tag.start(), tag.end())
            sink.add(
                "V222",
                f"HTML `{tag.group()[:40]}` stands in a text",
                span,
                "write plain words; it would be shown as it stands",
            )


def _span_in(claim: Claim, key: str, start: int, end: int) -> Span:
    scalar = claim.scalar(key)
    return scalar.collapsed_part(start, end) if scalar else claim.span(key)
