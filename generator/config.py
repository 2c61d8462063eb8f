"""Settings, read from `mkdocs.yml` without starting MkDocs, and frozen."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from generator.date import Date, DateFault, parse_date
from generator.diagnostics import Sink
from generator.textfile import DecodeFault, Span, TextFile

PLUGIN = "briefing"
VOCABULARY_FILE = "properties.yml"
ORIGINS_FILE = "origins.yml"
# The theme that comes with the tool; a project's own `custom_dir` goes before it.
DEFAULT_THEME = Path(__file__).resolve().parent.parent / "theme"


_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
"""How an entry begins that is no path within the site (RFC 3986, section 4.2)."""


class SettingsFault(ValueError):
    """A setting that cannot be used.

    Attributes:
        reason: What is wrong, as a lower-case fact.
        hint: The shortest fix.
        key: The setting, or None for the file as a whole.
        offset: Where the file cannot be read, in code points, or None.
    """

    def __init__(
        self, reason: str, hint: str = "", key: str | None = None, offset: int | None = None
    ) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason
        self.hint = hint
        self.key = key


@dataclass(frozen=True)
class Settings:
    """Everything a run depends on besides its inputs.

    Attributes:
        root: The project's folder, that of `mkdocs.yml`; findings show paths relative to it.
        content: Folder of the fact sheets and Markdown pages (the host's `docs_dir`).
        seeds: Folder of the source records.
        theme: Folder of the templates: the project's `custom_dir`, else that of the tool.
        site: Folder of the built site.
        archive: Folder of the private article texts; None where there is none.
        site_url: Address of the published site; empty when it is not known.
        directory_urls: Whether pages have addresses like `countries/ardenia/`.
        strict: Whether warnings end a build as errors do.
        as_of: Date the facts were last taken stock of; None: the newest `retrieved` of a source.
        quotation_words: Most words one quotation may have.
        source_share: Largest share of a sealed source's tokens the whole site may quote, 0 to 1.
        overlap: Share of four-token windows from which on two sources without a common origin are
            reported, 0 to 1.
        pdf: Which ready PDFs the site carries, one of `PDF_CHOICES`.
    """

    root: Path
    config_file: Path
    content: Path
    seeds: Path
    theme: Path
    site: Path
    archive: Path | None = None
    site_name: str = "Briefing"
    site_url: str = ""
    directory_urls: bool = True
    strict: bool = True
    as_of: Date | None = None
    quotation_words: int = 30
    source_share: float = 0.35
    overlap: float = 0.10
    pdf: str = "briefings"

    def shown(self, path: Path) -> str:
        """A path as findings show it: relative to the root, with forward slashes.

        A name that is not UTF-8 is shown with escapes, so that every report can be encoded.
        """
        try:
            shown = path.relative_to(self.root).as_posix()
        except ValueError:
            shown = Path(os.path.relpath(path, self.root)).as_posix()
        return os.fsencode(shown).decode("utf-8", "backslashreplace")


def _number(options: Mapping[str, Any], key: str, default: float, most: float) -> float:
    value = options.get(key)
    if value is None:
        return default
    try:
        number = float(value)
    except (TypeError, ValueError):
        number = -1.0
    if not 0 <= number <= most:
        raise SettingsFault(f"`{key}` is `{value}`", f"give a number from 0 to {most:g}", key)
    return number


def _switch(options: Mapping[str, Any], key: str, default: bool) -> bool:
    value = options.get(key)
    if value is None:
        return default
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if str(value).lower() not in words:
        raise SettingsFault(f"`{key}` is `{value}`", "write `true` or `false`", key)
    return words[str(value).lower()]


def _whole(options: Mapping[str, Any], key: str, default: int, most: int) -> int:
    number = _number(options, key, default, most)
    if number != int(number):
        raise SettingsFault(
            f"`{key}` is `{options[key]}`", f"give a whole number from 0 to {most}", key
        )
    return int(number)


def _folder(root: Path, value: object, key: str) -> Path:
    if isinstance(value, Mapping | list):
        raise SettingsFault(f"`{key}` names no folder", "give a plain path", key)
    try:
        return (root / str(value)).resolve()
    except (OSError, RuntimeError, ValueError) as error:  # a circle of links, a NUL
        raise SettingsFault(f"`{key}` names no folder", "give a plain path", key) from error


OPTIONS = (
    "seeds", "archive", "strict", "as_of", "quotation_words", "source_share", "overlap", "pdf",
)  # fmt: skip
PDF_CHOICES = ("all", "briefings", "none")
"""Which pages have ready PDFs: every one, prose briefings with their dossiers alone, or none."""


def _choice(options: Mapping[str, Any], key: str, default: str, choices: tuple[str, ...]) -> str:
    value = options.get(key)
    if value is None:
        return default
    if value not in choices:
        raise SettingsFault(f"`{key}` is `{value}`", f"give one of {', '.join(choices)}", key)
    return str(value)


def settings_from(
    config_file: Path, host: Mapping[str, Any], options: Mapping[str, Any]
) -> Settings:
    """Make settings from the host's own keys and the plugin's options.

    Raises:
        SettingsFault: for an unknown option or a value out of its range.
    """
    for key in options:
        if key not in OPTIONS:
            raise SettingsFault(
                f"unknown option `{key}`", f"the options are {', '.join(OPTIONS)}", key
            )
    root = config_file.resolve().parent
    theme = host.get("theme")
    custom = theme.get("custom_dir") if isinstance(theme, Mapping) else None
    as_of = None
    if options.get("as_of"):
        try:
            as_of = parse_date(str(options["as_of"]))
        except DateFault as fault:
            raise SettingsFault(f"`as_of`: {fault.reason}", fault.hint or "", "as_of") from None
    _check_clock()
    asked = os.environ.get("BRIEFING_ARCHIVE")
    archive_folder = _folder(root, asked or options.get("archive") or "archive", "archive")
    content = _folder(root, host.get("docs_dir") or "docs", "docs_dir")
    if archive_folder.is_relative_to(content):
        hint = "keep the article texts where no build can publish them"
        raise SettingsFault("the archive lies among the published pages", hint, "archive")
    if asked and not archive_folder.is_dir():
        # Whoever names an archive means to check against it: going on without would look the same.
        hint = "correct the environment variable, or unset it"
        raise SettingsFault(f"`BRIEFING_ARCHIVE` names no folder: `{asked}`", hint)
    return Settings(
        root=root,
        config_file=config_file.resolve(),
        content=content,
        seeds=_folder(root, options.get("seeds") or "seeds", "seeds"),
        theme=_folder(root, custom, "custom_dir") if custom else DEFAULT_THEME,
        site=_folder(root, host.get("site_dir") or "site", "site_dir"),
        archive=archive_folder if archive_folder.is_dir() else None,
        site_name=str(host.get("site_name") or "Briefing"),
        site_url=str(host.get("site_url") or ""),
        directory_urls=_switch(host, "use_directory_urls", True),
        strict=_switch(options, "strict", True),
        as_of=as_of,
        quotation_words=_whole(options, "quotation_words", 30, 1000),
        source_share=_number(options, "source_share", 0.35, 1),
        overlap=_number(options, "overlap", 0.10, 1),
        pdf=_choice(options, "pdf", "briefings", PDF_CHOICES),
    )


def _check_clock() -> None:
    """Refuse a `SOURCE_DATE_EPOCH` that the host and the packed site map could not read."""
    clock = os.environ.get("SOURCE_DATE_EPOCH")
    if clock is not None and not (clock.isascii() and clock.isdigit() and int(clock) < 1 << 32):
        hint = "give the seconds since 1 January 1970 UTC, or unset it"
        raise SettingsFault(f"`SOURCE_DATE_EPOCH` is `{clock}`", hint)


def load_settings(config_file: Path) -> Settings:
    """Read settings from a `mkdocs.yml`.

    Raises:
        SettingsFault: when the file is missing, not YAML, lacks the plugin, or a value is wrong.
    """
    host = read_host(config_file)
    settings = settings_from(config_file, host, plugin_options(host))
    _check_extras(host, settings)
    return settings


def _check_extras(host: Mapping[str, Any], settings: Settings) -> None:
    """Refuse style sheets and scripts that are not there: every page would have the broken link."""
    if not is_alone(host):  # another plugin may make them
        return
    for key in ("extra_css", "extra_javascript"):
        entries = host.get(key)
        for entry in entries if isinstance(entries, list) else []:
            path = str(entry.get("path", "") if isinstance(entry, Mapping) else entry)
            if _ADDRESS.match(path):
                continue
            name = path.partition("?")[0].partition("#")[0]
            folders = (settings.content, settings.theme, DEFAULT_THEME)
            if not any(os.path.isfile(folder / name) for folder in folders):  # noqa: PTH113 - any name
                hint = f"add it to `{settings.shown(settings.content)}`, or remove the entry"
                raise SettingsFault(f"`{key}` names a file that is not there: `{path}`", hint, key)


def read_host(config_file: Path) -> dict[str, Any]:
    """Everything that a `mkdocs.yml` says, as texts.

    Raises:
        SettingsFault: when the file is missing or not YAML.
    """
    try:
        file = TextFile.read(config_file, config_file.name)
    except DecodeFault as error:
        raise SettingsFault(error.reason, "save the file as UTF-8 text") from error
    except OSError as error:
        hint = "run this from the folder that holds `mkdocs.yml`, or name the file with `--config-file`"
        raise SettingsFault("the file cannot be read", hint) from error
    try:
        host = yaml.load(file.text, Loader=_HostLoader)  # noqa: S506 - builds plain values only
    except (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, RecursionError,
            TypeError, ValueError) as error:  # fmt: skip
        # The others are what a tag such as `!!int` raises for a text that is no number.
        mark = getattr(error, "problem_mark", None)
        is_deep = isinstance(error, RecursionError)
        other = "it is nested too deeply" if is_deep else "a value does not fit its tag"
        problem = getattr(error, "problem", None) or other
        hint = "check the brackets, quotation marks and indentation before this place"
        offset = mark.index if mark else None
        raise SettingsFault(f"not valid YAML: {problem}", hint, offset=offset) from error
    if not isinstance(host, dict):
        raise SettingsFault("the file holds no mapping", "begin it with `site_name: …`")
    return host


def report_settings(fault: SettingsFault, config_file: Path, sink: Sink) -> None:
    """Add a fault in the settings to the findings (L122), at its place where the file shows it."""
    at: Span | str = config_file.name
    try:
        file = TextFile.read(config_file, config_file.name)
    except (OSError, DecodeFault):
        file = None
    if file and fault.offset is not None:
        at = file.span(min(fault.offset, max(0, len(file.text) - 1)))
    elif file and fault.key:
        key = re.search(rf"^[ \t-]*({re.escape(fault.key)})[ \t]*:", file.text, re.MULTILINE)
        at = file.span(*key.span(1)) if key else at
    sink.add("L122", fault.reason, at, *filter(None, [fault.hint]))


def plugin_options(host: Mapping[str, Any]) -> Mapping[str, Any]:
    """The plugin's options among the host's `plugins`.

    Raises:
        SettingsFault: when the plugin is not listed, or twice, or its options are no mapping.
    """
    listed = [options for name, options in _plugins(host) if name == PLUGIN]
    if not listed:
        raise absent_plugin()
    if len(listed) > 1:
        hint = f"keep one `{PLUGIN}` under `plugins:`, with all options"
        raise SettingsFault(f"the plugin `{PLUGIN}` is listed twice", hint, "plugins")
    options = listed[0] or {}
    if not isinstance(options, dict):
        hint = "write `key: value` on indented lines below it"
        raise SettingsFault(f"the options of `{PLUGIN}` are no mapping", hint, PLUGIN)
    return options


def is_alone(host: Mapping[str, Any]) -> bool:
    """Whether no code but this tool's and the host's takes part in a build.

    Other plugins and hooks may look at anything, so nobody can tell when what they make changes.
    """
    others = [name for name, _ in _plugins(host) if name != PLUGIN]
    return not others and not host.get("hooks") and "INHERIT" not in host


def _plugins(host: Mapping[str, Any]) -> list[tuple[object, object]]:
    plugins = host.get("plugins")
    entries = list(plugins.items()) if isinstance(plugins, dict) else []
    for entry in plugins if isinstance(plugins, list) else []:
        entries += list(entry.items()) if isinstance(entry, dict) else [(entry, {})]
    return entries


def absent_plugin() -> SettingsFault:
    """The fault of a project that does not list the plugin."""
    hint = f"add `- {PLUGIN}` under `plugins:`"
    return SettingsFault(f"the plugin `{PLUGIN}` is not listed", hint, "plugins")


class _HostLoader(yaml.SafeLoader):
    """Reads the host's file as text values; tags that name Python objects are left alone."""


def _unknown(loader: _HostLoader, _suffix: str, node: yaml.Node) -> object:
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return None


def _environment(loader: _HostLoader, node: yaml.Node) -> object:
    """MkDocs' `!ENV NAME` and `!ENV [NAME, default]`."""
    names = _unknown(loader, "", node)
    listed = names if isinstance(names, list) else [names]
    for name in listed[:-1] if len(listed) > 1 else listed:
        if isinstance(name, str) and name in os.environ:
            return os.environ[name]
    return listed[-1] if len(listed) > 1 else None


_HostLoader.add_multi_constructor("", _unknown)
_HostLoader.add_constructor("!ENV", _environment)
# `NO` and dates keep their letters here too.
_HostLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
