"""A small picture of the counts of the last days, where the library that draws it is installed.

Answers for the drawing. The counts come from the feedback.
"""

import io
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from handlers.feedback import ASKED


def picture(days: Sequence[tuple[str, Mapping[str, int]]]) -> bytes | None:
    """A PNG of stacked bars, a bar a day; None without matplotlib."""
    if find_spec("matplotlib") is None:
        return None
    from matplotlib.figure import Figure  # noqa: PLC0415 - a second of loading that most processes never need

    figure = Figure(figsize=(6, 3), dpi=100, layout="constrained")
    axes = figure.subplots()
    labels, bottom = [day[5:] for day, _ in days], [0] * len(days)
    for outcome in ASKED:
        heights = [counts.get(outcome, 0) for _, counts in days]
        axes.bar(labels, heights, bottom=bottom, label=outcome)
        bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    if any(bottom):
        axes.legend(fontsize="small")
    axes.set_ylabel("questions")
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png")
    return buffer.getvalue()
