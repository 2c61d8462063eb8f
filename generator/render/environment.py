"""The template environment: the project's theme first, then the one that comes with the tool."""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
)
from jinja2.environment import TemplateModule
from jinja2.runtime import Macro

from generator.config import DEFAULT_THEME, Settings
from generator.diagnostics import Sink
from generator.render import wording
from generator.render.escape import QuickGenerator, escape_value
from generator.render.figure.matrix import COLUMNS
from generator.render.mould import Mould
from generator.textfile import TextFile


class _QuickEnvironment(Environment):
    code_generator_class = QuickGenerator
    escape_value = staticmethod(escape_value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        # Jinja2 chains mappings here, and looks through all of them for each page and each import.
        return {**self.globals, **(d or {})}


class Templates:
    """Compiled templates of `theme/briefing/`; faults in them become findings, once each.

    Args:
        settings: Name the theme.
        sink: Takes the findings (R501).
        bytecode: Where compiled templates are kept between runs; compiling all takes 0.1 s.
    """

    def __init__(
        self, settings: Settings, sink: Sink, bytecode: BytecodeCache | None = None
    ) -> None:
        self.settings = settings
        self.sink = sink
        self.folders = [settings.theme / "briefing", DEFAULT_THEME / "briefing"]
        self._own: dict[str, bool] = {}
        self.environment = _QuickEnvironment(
            loader=FileSystemLoader(self.folders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=bytecode,
        )
        self.environment.globals.update(
            plural=wording.plural,
            matrix_columns=COLUMNS,
            direction=wording.direction,
            listed=wording.listed,
            time=wording.time_element,
            language=wording.language,
            source_kind=wording.SOURCE_KIND_LABEL,
            status_label=wording.STATUS_LABEL,
            standing_label=wording.STANDING_LABEL,
            standing_about=wording.STANDING_ABOUT,
        )

    @property
    def names(self) -> list[str]:
        """Every template there is."""
        return self.environment.list_templates(extensions=["html"])

    def is_own(self, name: str) -> bool:
        """Whether a template is word for word that of the tool, wherever it lies."""
        own = self._own.get(name)
        if own is None:
            first, last = (folder / name for folder in self.folders)
            own = self._own[name] = not first.exists() or first.read_bytes() == last.read_bytes()
        return own

    def render(self, name: str, **context: Any) -> str:  # noqa: ANN401 - whatever the template needs
        """A rendered template; an empty text, with a finding, when the template fails."""
        try:
            return self.environment.get_template(name).render(**context)
        except TemplateSyntaxError as error:
            self.report(error.filename, error.lineno, str(error.message))
        except TemplateError as error:
            self.report(*_place(error, self.folders), str(error))
        return ""

    def draw(self, macro: str, *arguments: object) -> str:
        """What a macro of `macros.html` makes; nothing, with a finding, when it fails."""
        try:
            return self._call(macro, *arguments)
        except TemplateSyntaxError as error:
            self.report(error.filename, error.lineno, str(error.message))
        except TemplateError as error:
            self.report(*_place(error, self.folders), str(error))
        return ""

    def mould(self, macro: str) -> Mould:
        """A macro of `macros.html` that is given HTML alone."""
        return Mould(partial(self._call, macro), partial(self.draw, macro))

    def _call(self, name: str, *arguments: object) -> str:
        macro = getattr(self.macros, name, None)
        if not isinstance(macro, Macro) or len(macro.arguments) < len(arguments):
            file = self.environment.get_template("macros.html").filename
            fault = f"there is no macro `{name}` of {len(arguments)} values"
            raise TemplateSyntaxError(fault, 1, filename=file)
        return str(macro(*arguments))

    def compile(self, *names: str) -> None:
        """Compile templates ahead; a fault in one is reported when it is drawn."""
        for name in ("macros.html", *names):
            with suppress(TemplateError):
                self.environment.get_template(name)

    @cached_property
    def macros(self) -> TemplateModule:
        """The macros that all pages share."""
        return self.environment.get_template("macros.html").module

    def report(self, filename: str | None, line: int | None, message: str) -> None:
        """Record a fault of a template at its line."""
        hint = "mend the template; compare it with the one that comes with the tool"
        if filename is None:
            self.sink.add("R501", message, self.settings.shown(self.folders[0]), hint)
            return
        file = TextFile.read(Path(filename), self.settings.shown(Path(filename)))
        start = file.offset((line or 1) - 1, 0)
        self.sink.add("R501", message, file.span(start, file.line_end(start)), hint)


def _place(error: BaseException, folders: list[Path]) -> tuple[str | None, int | None]:
    """The innermost template line of a traceback; Jinja rewrites frames to template files."""
    found: tuple[str | None, int | None] = (None, None)
    traceback = error.__traceback__
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if any(Path(filename).is_relative_to(folder) for folder in folders):
            found = (filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return found
