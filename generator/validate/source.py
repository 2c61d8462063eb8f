"""Source records, what lies beside them, and the origins they may carry."""

from __future__ import annotations

from collections.abc import Collection

from pydantic import ValidationError

from generator.config import Settings
from generator.diagnostics import Sink
from generator.model.fact import Source
from generator.model.form import SourceForm
from generator.model.stage import RawSource
from generator.validate.shape import validate_form, without_absent
from generator.yamlio import key_span


def validate_source(
    settings: Settings, raw: RawSource, broken: Collection[str], sink: Sink
) -> Source | None:
    """The source of a record; None, with findings in the sink, when it is not well-formed."""
    form = _quick_form(raw) or validate_form(SourceForm, raw.node, sink)
    if form is None:
        return None
    source = Source(
        id=raw.id,
        title=form.title,
        publisher=form.publisher,
        kind=form.kind,
        text_mode=form.text,
        path=raw.locator.shown,
        title_note=form.title_note,
        publisher_note=form.publisher_note,
        author=form.author,
        published=form.published,
        published_note=form.published_note,
        retrieved=form.retrieved,
        url=form.url,
        archive_url=form.archive_url,
        language=form.language,
        carries=tuple(form.carries),
        status=form.status,
        date=form.date,
        reason=form.reason,
        descriptor=form.descriptor,
        abstract=form.abstract,
        locator=raw.locator,
    )
    if source.status != "current":
        for key in ("reason", "date"):
            if getattr(source, key) is None:
                sink.add(
                    "V225",
                    f"a {source.status} source gives no `{key}`",
                    source.span("status"),
                    f"add `{key}: …`",
                )
    else:
        for key in ("reason", "date"):
            if getattr(source, key) is not None:
                sink.add(
                    "V232",
                    f"a current source gives a `{key}`",
                    key_span(raw.node, (key,)),
                    "add `status: corrected` or `status: retracted`, or remove it",
                )
    check_texts(settings, raw, source, broken, sink)
    return source


def _quick_form(raw: RawSource) -> SourceForm | None:
    """The form of a record without a fault; only its tree can tell where a fault is."""
    if raw.plain is None:
        return None
    try:
        return SourceForm.model_validate(without_absent(raw.plain))
    except ValidationError:
        return None


def check_texts(
    settings: Settings, raw: RawSource, source: Source, broken: Collection[str], sink: Sink
) -> None:
    """What lies beside a record is what its `text` says, and nothing more."""
    mode = source.text_mode
    missing = {
        "open": (raw.text, f"{raw.id}.txt", f"put `{raw.id}.txt` beside the record"),
        "sealed": (raw.seal, f"{raw.id}.seal", f"run `briefing seal {raw.id}`"),
    }
    if mode in missing:
        found, name, hint = missing[mode]
        shown = settings.shown(settings.seeds / name)
        if found is None and shown not in broken:
            sink.add(
                "L119", f"the text is {mode}, but `{name}` is missing", source.span("text"), hint
            )
    if mode != "sealed" and raw.seal is not None:
        message = f"the text is {mode}, but `{raw.id}.seal` lies beside the record"
        sink.add("L119", message, source.span("text"), "delete the seal, or set `text: sealed`")
    if mode != "open" and raw.text is not None:
        message = f"the text is {mode}, but `{raw.id}.txt` lies beside the record"
        sink.add(
            "V231",
            message,
            source.span("text"),
            "move it to the private archive, or set `text: open`",
        )
