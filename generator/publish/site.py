"""From an empty staging folder to the published site: locked, and swapped in whole.

Everything lies beside the site, in hidden entries that are gone after each build: `.site.lock`,
`.site.staging` (the new site) and `.site.old` (the former one, between two renames). A build that
has changed few files puts these into the site one by one, after a journal of them.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.config import Settings

WAIT = 60.0
_POLL = 0.1
_JOURNAL = ".journal"


class PublishFault(Exception):
    """A site that cannot or must not be written.

    Attributes:
        code: `P601` or `P602`.
        reason: What is wrong, as a lower-case fact.
        hint: The shortest fix.
    """

    def __init__(self, code: str, reason: str, hint: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.hint = hint


def refuse_site(site: Path, settings: Settings) -> None:
    """Refuse a site folder whose replacement would destroy something.

    Args:
        site: The folder to be replaced; it need not exist.
        settings: Name the folders of inputs.

    Raises:
        PublishFault: P601 when the folder is, holds or lies in a folder of inputs, or holds files
            that no build wrote.
    """
    site = site.resolve()
    hint = "set `site_dir` to a folder of its own"
    archive = [settings.archive] if settings.archive else []
    inputs = [settings.content, settings.seeds, settings.theme, *archive]
    for folder in [settings.root, *inputs]:
        if folder.is_relative_to(site):
            verb = "is" if folder == site else "holds"
            raise PublishFault("P601", f"the site folder {verb} `{settings.shown(folder)}`", hint)
    for folder in inputs:
        if site.is_relative_to(folder):
            reason = f"the site folder lies in `{settings.shown(folder)}`"
            raise PublishFault("P601", reason, hint)
    try:
        made = _was_built(site)
    except NotADirectoryError:
        raise PublishFault("P601", "the site folder is a file", hint) from None
    except OSError as error:
        raise write_fault(error) from error
    if not made:
        raise PublishFault(
            "P601",
            "the site folder holds files that no build wrote",
            "move them away, or set `site_dir` to a folder of its own",
        )
    for name in _HISTORIES:
        if (site / name).exists():
            reason = f"the site folder holds `{name}`, the history of its versions"
            raise PublishFault("P601", reason, f"{hint}, and copy the site from there")


# Of version control: to replace the folder would take with it what nothing can bring back.
_HISTORIES = (".git", ".hg", ".svn")


def _was_built(site: Path) -> bool:
    """Whether a folder is absent, empty, or made by a build of this tool or of MkDocs."""
    try:
        names = {entry.name for entry in os.scandir(site)}
    except FileNotFoundError:
        return True
    return not names or "edition.json" in names or {"index.html", "sitemap.xml"} <= names


def write_fault(error: OSError) -> PublishFault:
    """An error of the operating system as a finding."""
    what = (error.strerror or str(error)).lower()
    where = f": `{Path(os.fsdecode(error.filename)).name}`" if error.filename else ""
    return PublishFault("P602", f"{what}{where}", "check space and permissions, then build again")


class Publication:
    """One build's way into place: `begin`, then perhaps `commit` or `change`, at last `discard`.

    Attributes:
        site: The published folder, symbolic links followed.
        staging: Where the build writes; on the same file system.
        state: File for what a build keeps for the next one; `new_state` while it is written.
    """

    def __init__(self, site: Path) -> None:
        self.site = site.resolve()
        self.staging = self._beside("staging")
        self._old = self._beside("old")
        self._lock = self._beside("lock")
        self.state = self._beside("state")
        self.new_state = self._beside("state.new")
        self._handle: int | None = None

    def _beside(self, ending: str) -> Path:
        return (
            self.site.parent / f".{self.site.name}.{ending}"
        )  # the root has no name, and is refused

    def begin(
        self,
        *,
        wait: float = WAIT,
        on_wait: Callable[[], None] = lambda: None,
    ) -> None:
        """Take the lock, undo what a killed build left, and make an empty staging folder.

        Args:
            wait: Seconds to wait for another build of the same site.
            on_wait: Called once when another build is in the way.

        Raises:
            PublishFault: P602 when the other build does not end in time or nothing can be written.
        """
        try:
            self.site.parent.mkdir(parents=True, exist_ok=True)
            self._take_lock(time.monotonic() + wait, on_wait)
            self._recover()
            self.staging.mkdir()
        except OSError as error:
            self.discard()
            raise write_fault(error) from error

    def _take_lock(self, deadline: float, on_wait: Callable[[], None]) -> None:
        told = False
        while True:
            handle = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                # The holder removes the file when it is done: a lock on a removed file is worth
                # nothing, since the next build makes a new one.
                if _same_file(handle, self._lock):
                    self._handle = handle
                    return
            except BlockingIOError:
                if time.monotonic() > deadline:
                    os.close(handle)
                    raise PublishFault(
                        "P602",
                        "another build of this site is under way",
                        "wait until it ends, or end it",
                    ) from None
                if not told:
                    on_wait()
                    told = True
                time.sleep(_POLL)
            except BaseException:
                os.close(handle)
                raise
            os.close(handle)

    def _recover(self) -> None:
        if self._old.exists() and not self.site.exists():
            self._old.rename(self.site)
        self._finish_changes()
        for leftover in (self._old, self.staging):
            if leftover.exists():
                shutil.rmtree(leftover)

    def change(
        self,
        written: Sequence[str],
        removed: Sequence[str],
        keep: Callable[[], None] = lambda: None,
    ) -> None:
        """Put changed files of the staging folder into the site and take others out of it.

        Each file is exchanged in one step. What is to be done is written down before: where a build
        is killed half-way, the next one does the rest before anything else.

        Args:
            written: Files that wait (see `waiting`), by path in the site.
            removed: Files of the site.
            keep: Called when all is in place, before another build may begin.

        Raises:
            PublishFault: P602; what has been written down is done by the next build.
        """
        try:
            part = self.staging / f"{_JOURNAL}.part"
            part.write_text(json.dumps({"written": list(written), "removed": list(removed)}))
            part.replace(self.staging / _JOURNAL)
            self._finish_changes()
            keep()
        except OSError as error:
            raise write_fault(error) from error
        finally:
            self.discard()

    def waiting(self, name: str) -> Path:
        """Where a file of the site waits for `change`."""
        return self.staging / waiting_name(name)

    def _finish_changes(self) -> None:
        """Do what a journal says that is still to be done."""
        try:
            journal = json.loads((self.staging / _JOURNAL).read_text())
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return
        for name in journal["written"]:
            _put_in_place(f"{self.staging}/{waiting_name(name)}", f"{self.site}/{name}")
        for name in journal["removed"]:
            target = self.site / name
            target.unlink(missing_ok=True)
            for folder in target.parents:
                if folder == self.site or any(folder.iterdir()):
                    break
                folder.rmdir()

    def write(self, name: str, data: bytes) -> None:
        """Write a file that waits for `change`.

        Raises:
            PublishFault: P602.
            ValueError: for a name that leads out of the site (a fault in the tool).
        """
        path = self.site / name
        if ".." in path.parts or not path.is_relative_to(self.site):
            raise ValueError(f"`{name}` leads out of the site")
        try:
            self.waiting(name).write_bytes(data)
        except OSError as error:
            raise write_fault(error) from error

    def commit(self, keep: Callable[[], None] = lambda: None) -> None:
        """Put the staging folder in the site's place, in one step where the system can.

        Args:
            keep: Called when the new site is in place, before another build may begin.

        Raises:
            PublishFault: P602; the last good site is then still in place.
        """
        try:
            if not self.site.exists():
                self.staging.rename(self.site)
            elif not exchange(self.staging, self.site):
                self.site.rename(self._old)
                try:
                    self.staging.rename(self.site)
                except OSError:
                    self._old.rename(self.site)
                    raise
            keep()
        except OSError as error:
            raise write_fault(error) from error
        finally:
            self.discard()

    def discard(self) -> None:
        """Remove what lies beside the site and release the lock; a second call does nothing."""
        if self._handle is None:
            return
        for leftover in (self.staging, self._old):
            shutil.rmtree(leftover, ignore_errors=True)
        self.new_state.unlink(missing_ok=True)
        self._lock.unlink(missing_ok=True)
        os.close(self._handle)
        self._handle = None


def waiting_name(name: str) -> str:
    """The name in the staging folder of a file that is to be put into the site by itself.

    It names no folder: to make and to remove one for each page takes longer than to write it.
    """
    return name.replace("%", "%25").replace("/", "%2F")


def _put_in_place(source: str, target: str) -> None:
    """Move a file, if it has not been moved already; its new folder may have to be made."""
    for last in (False, True):
        try:
            os.replace(source, target)  # noqa: PTH105 - for every page that has changed
        except FileNotFoundError:
            if last or not os.path.isfile(source):  # noqa: PTH113 - as above
                return
            Path(target).parent.mkdir(parents=True, exist_ok=True)
        else:
            return


def _same_file(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; False where the system cannot.

    `renameat2` with `RENAME_EXCHANGE`: Linux 3.15, glibc 2.28; see renameat2(2).

    Raises:
        OSError: when the system can but the rename fails.
    """
    if sys.platform != "linux":
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    here, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if rename(here, os.fsencode(one), here, os.fsencode(other), swap) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))
