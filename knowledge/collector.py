"""The garbage collector, out of the way while a base is loaded.

Answers for a pause only: a base is many objects and hardly any garbage, and to look for some all the while takes as
long as loading.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No collection meanwhile; what nothing refers to is freed all the same, unless it refers to itself."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
