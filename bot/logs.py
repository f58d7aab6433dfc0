"""What the log looks like, and what never stands in it: the token.

Answers for every line that is written, those of libraries and tracebacks too.
"""

import json
import logging
import sys
from typing import Literal

_TEXT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _Line(logging.Formatter):
    def __init__(self, secret: str, layout: str = _TEXT) -> None:
        super().__init__(layout)
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        return text.replace(self._secret, "<token>") if self._secret else text


class _JsonLine(_Line):
    def __init__(self, secret: str) -> None:
        super().__init__(secret, "%(message)s")

    def format(self, record: logging.LogRecord) -> str:
        shown = {"time": self.formatTime(record), "level": record.levelname, "logger": record.name}
        return json.dumps({**shown, "message": super().format(record)}, ensure_ascii=False)


def begin(level: str, layout: Literal["text", "json"], secret: str = "") -> None:
    """Logs to standard error from now on; `secret` is left out of every line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((_JsonLine if layout == "json" else _Line)(secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    # At DEBUG, PTB logs whole updates; and what it cannot read as JSON, it logs as an error.
    logging.getLogger("telegram").setLevel(max(logging.INFO, logging.getLevelName(level)))
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
