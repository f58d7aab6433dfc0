"""Trouble on order: calls that fail or hang, and the platform's flood limit. Knows nothing of what calls do."""

import math
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.telegram.refusal import TITLES, Refusal, too_many
from tests.telegram.world import Chat, Raw

A_MINUTE_IN_A_GROUP = 20
BURST = 5


@dataclass
class Fault:
    """What happens to the next calls of a method; `chat_id` narrows it to one chat."""

    method: str
    times: int
    refusal: Refusal | None = None
    hang: float = 0.0
    carried_out: bool = True
    """Whether a call that hangs is carried out before it hangs, or after."""
    chat_id: int | None = None

    def fits(self, method: str, values: Raw) -> bool:
        named = self.method in {"*", method}
        return named and self.times > 0 and self.chat_id in {None, values.get("chat_id")}


@dataclass
class Faults:
    """The queue of ordered trouble."""

    waiting: list[Fault] = field(default_factory=list)

    def fail(
        self,
        method: str,
        status: int,
        *,
        times: int = 1,
        retry_after: int | None = None,
        description: str | None = None,
        chat_id: int | None = None,
    ) -> None:
        """Refuses the next calls of a method ("*": of any)."""
        refusal = Refusal(status, description or TITLES.get(status, "Error"))
        if retry_after is not None:
            refusal = too_many(retry_after)
        self.waiting.append(Fault(method.lower(), times, refusal, chat_id=chat_id))

    def hang(self, method: str, seconds: float, *, times: int = 1, carried_out: bool = False) -> None:
        """Answers the next calls of a method late."""
        self.waiting.append(Fault(method.lower(), times, hang=seconds, carried_out=carried_out))

    def take(self, method: str, values: Raw) -> Fault | None:
        """The trouble that meets this call."""
        found = next((fault for fault in self.waiting if fault.fits(method, values)), None)
        if found:
            found.times -= 1
        return found


class Flood:
    """About one message a second in a chat after a burst, twenty a minute in a group."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sent: dict[int, deque[float]] = defaultdict(lambda: deque(maxlen=A_MINUTE_IN_A_GROUP))
        self._tokens: dict[int, tuple[float, float]] = {}

    def admit(self, chat: Chat) -> None:
        """Counts a message. Raises Refusal over the limit."""
        now = self._clock()
        left, then = self._tokens.get(chat.id, (float(BURST), now))
        left = min(float(BURST), left + now - then)
        if left < 1:
            raise too_many(math.ceil(1 - left))
        sent = self._sent[chat.id]
        if chat.id < 0 and len(sent) == A_MINUTE_IN_A_GROUP and now - sent[0] < 60:
            raise too_many(math.ceil(60 - now + sent[0]))
        sent.append(now)
        self._tokens[chat.id] = (left - 1, now)
