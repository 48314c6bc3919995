"""What must outlive a power cut: files synced before they bear their name, and then the folder they lie in.

A file system keeps a new name only once its folder is synced, and bytes only once their file is; the order of
the two is what a reader of a half-written folder depends on. An error of a sync is never tried again: the
kernel may have dropped what could not be written, and would then say that all is well.
"""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from pathlib import Path
from typing import Final, NoReturn

_NO_FOLDERS: Final = (errno.EINVAL, errno.EBADF)


def sync_file(path: Path) -> None:
    """Have the bytes of a file on the disk; raises OSError where they may not be."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Have the names in a folder on the disk. Systems that sync no folders are left to their own order."""
    if os.name == "nt":
        return
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    except OSError as error:
        if error.errno not in _NO_FOLDERS:
            raise
    finally:
        os.close(number)


def sync_tree(path: Path) -> None:
    """Have a folder and all that is below it on the disk, each folder behind what it holds."""
    for folder, _, names in os.walk(path, topdown=False, onerror=_raised):
        for name in names:
            sync_file(Path(folder, name))
        sync_folder(Path(folder))


def _raised(error: OSError) -> NoReturn:
    """A folder that cannot be looked into is no empty one."""
    raise error


def write_durably(path: Path, data: bytes) -> None:
    """Write a file as a whole: it bears its name only with all its bytes, now and after a power cut."""
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        remove(part)
    sync_folder(path.parent)


def remove(path: Path) -> None:
    """Take away a file that did not come to be; a disk that may only be read holds none."""
    with suppress(OSError):
        path.unlink(missing_ok=True)
