"""Answers to taps, inline queries and guest queries. Answers for when one still counts."""

from collections.abc import Callable
from typing import Any

from tests.telegram import limits
from tests.telegram.refusal import bad, mistake
from tests.telegram.world import Query, Raw, World

LIFETIME = 30.0


class Answers:
    """The methods that answer a query, each query once."""

    def __init__(self, world: World) -> None:
        self._world = world

    def methods(self) -> dict[str, Callable[[Raw], Any]]:
        """The calls answered here."""
        return {
            "answercallbackquery": self.tap,
            "answerinlinequery": self.inline,
            "answerguestquery": self.guest,
        }

    def tap(self, values: Raw) -> bool:
        limits.at_most(values.get("text", ""), 200, "MESSAGE_TOO_LONG")
        return self._answer(self._world.queries, values["callback_query_id"], values)

    def inline(self, values: Raw) -> bool:
        if len(values.get("next_offset", "").encode()) > 64:
            raise mistake("NEXT_OFFSET_INVALID")
        values = values | {"results": limits.results(values["results"])}
        return self._answer(self._world.queries, values["inline_query_id"], values)

    def guest(self, values: Raw) -> Raw:
        (result,) = limits.results([values["result"]])
        self._answer(self._world.guests, values["guest_query_id"], values | {"result": result})
        return {"inline_message_id": f"guest{self._world.serial()}"}

    def _answer(self, waiting: dict[str, Query], query_id: str, values: Raw) -> bool:
        query = waiting.get(query_id)
        late = query is None or query.expired or self._world.clock() - query.asked > LIFETIME
        if query is None or late or query.answer is not None:
            raise bad("query is too old and response timeout expired or query ID is invalid")
        query.answer = values
        return True
