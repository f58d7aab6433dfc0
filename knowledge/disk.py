"""Files written whole or not at all.

Answers for what is left when the power goes, the disk is full or the writer fails: the old file or the new one, and
nothing beside it. What stands in a file is its writer's business.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


@contextmanager
def replaced(path: Path, *, mode: int = 0o666) -> Iterator[BinaryIO]:
    """A file to write into, which takes the place and the mode of the one at `path` when it is on the disk.

    `mode`: of a file that is new there, as far as the process's umask allows.

    Raises OSError where it cannot be written. Whatever is raised, all is then as it was.
    """
    path = path.resolve()
    new = path.with_name(f".{path.name}.{token_hex(4)}")
    try:
        with open(new, "xb", opener=partial(os.open, mode=mode)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            new.chmod(path.stat().st_mode)
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise
    # The file is replaced: some file systems cannot flush a folder, and then the name lasts a little later.
    with suppress(OSError):
        _flush_folder(path.parent)


def _flush_folder(folder: Path) -> None:
    """Makes the new name itself last, where the system can (https://man7.org/linux/man-pages/man2/fsync.2.html)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
