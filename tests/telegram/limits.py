"""How much Telegram takes: lengths, counts and forms. Answers for refusing what is over; keeps nothing."""

import re
from collections.abc import Iterable
from typing import Any

from tests.telegram import html
from tests.telegram.refusal import mistake
from tests.telegram.world import Raw

_BLANK = (
    "\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\u2800\u3164\ufeff\uffa0"
)
_EMPTY = re.compile(f"[{_BLANK}]*")
_ACTIONS = ("callback_data", "url", "web_app", "login_url", "switch_inline_query", "switch_inline_query_current_chat",
            "switch_inline_query_chosen_chat", "copy_text", "callback_game", "pay", "disabled")  # fmt: skip


def text(values: Raw, key: str = "text", marks: str = "entities", most: int = 4096) -> Raw:
    """The text and entities that readers get."""
    shown, entities = _parsed(values.get(key, ""), values.get("parse_mode"), values.get(marks))
    shown, entities = _trimmed(shown, entities)
    if html.units(shown) > most:
        raise mistake("message is too long" if key == "text" else "message caption is too long")
    if len(entities) > 100:
        raise mistake("too many entities")
    if _EMPTY.fullmatch(shown):
        if key == "text":
            raise mistake("message text is empty")
        return {}
    return {key: shown} | ({marks: entities} if entities else {})


def _parsed(source: str, mode: str | None, given: list[Raw] | None) -> tuple[str, list[Raw]]:
    if not mode:
        return source, given or []
    if mode.lower() != "html":
        raise mistake(f"unsupported parse_mode {mode!r}")
    return html.parse(source)


def _trimmed(shown: str, entities: list[Raw]) -> tuple[str, list[Raw]]:
    cut = html.units(shown) - html.units(shown.lstrip())
    shown = shown.strip()
    most = html.units(shown)
    kept = []
    for entity in entities:
        begin = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] - cut + entity["length"], most)
        if begin < end:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return shown, kept


def keyboard(markup: Raw | None) -> Raw:
    """The buttons that readers get, as fields of a message."""
    rows = [row for row in (markup or {}).get("inline_keyboard", []) if row]
    if any(len(row) > 8 for row in rows) or sum(map(len, rows)) > 100:
        raise mistake("reply markup is too long")
    for row in rows:
        for button in row:
            _button(button)
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}


def _button(button: Raw) -> None:
    if _EMPTY.fullmatch(button["text"]):
        raise mistake("inline keyboard button text is empty")
    if sum(name in button for name in _ACTIONS) != 1:
        raise mistake("Text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise mistake("BUTTON_DATA_INVALID")
    if "url" in button and not re.match(r"(https?|tg|ton)://\S|[\w-]+\.\w", button["url"]):
        raise mistake(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def results(found: Iterable[Raw]) -> list[Raw]:
    """Inline results that may be shown, with their texts parsed under "shown"."""
    found = list(found)
    if len(found) > 50:
        raise mistake("RESULTS_TOO_MUCH")
    if any(not 1 <= len(result["id"].encode()) <= 64 for result in found):
        raise mistake("RESULT_ID_INVALID")
    if len({result["id"] for result in found}) < len(found):
        raise mistake("RESULT_ID_DUPLICATE")
    return [result | {"shown": _result(result)} for result in found]


def _result(result: Raw) -> Raw:
    content = result.get("input_message_content", {})
    shown = text(content | {"text": content["message_text"]}) if "message_text" in content else {}
    return shown | keyboard(result.get("reply_markup"))


def commands(given: list[Raw]) -> list[Raw]:
    """Commands that may be published."""
    if len(given) > 100:
        raise mistake("BOT_COMMANDS_TOO_MUCH")
    for command in given:
        if not re.fullmatch("[a-z0-9_]{1,32}", command["command"].removeprefix("/")):
            raise mistake("BOT_COMMAND_INVALID")
        if not 1 <= html.units(command["description"]) <= 256:
            raise mistake("BOT_COMMAND_DESCRIPTION_INVALID")
    return given


def at_most(value: Any, most: int, complaint: str) -> Any:
    """`value`, where its text is short enough."""
    if html.units(value) > most:
        raise mistake(complaint)
    return value
