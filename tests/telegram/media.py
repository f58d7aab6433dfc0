"""What a message can hold besides text, as updates show it. Answers for the shape of content only."""

from tests.telegram.world import Raw


def _file(name: str, **extra: object) -> Raw:
    return {"file_id": f"{name}1", "file_unique_id": f"u{name}1", "file_size": 1000, **extra}


def photo(caption: str | None = None) -> Raw:
    """A picture in two sizes, with or without a caption."""
    sizes = [_file("small", width=90, height=60), _file("large", width=900, height=600)]
    return {"photo": sizes} | ({"caption": caption} if caption is not None else {})


def voice() -> Raw:
    """A voice message."""
    return {"voice": _file("voice", duration=3, mime_type="audio/ogg")}


def sticker(emoji: str = "👍") -> Raw:
    """A sticker."""
    kind = {"type": "regular", "is_animated": False, "is_video": False}
    return {"sticker": _file("sticker", width=512, height=512, emoji=emoji, **kind)}


def location() -> Raw:
    """A place."""
    return {"location": {"latitude": 39.03, "longitude": 125.75}}


def contact() -> Raw:
    """A phone number."""
    return {"contact": {"phone_number": "+3531234567", "first_name": "Joe"}}


def poll(question: str = "Who?") -> Raw:
    """A poll."""
    options = [{"text": text, "voter_count": 0, "persistent_id": text} for text in ("Putin", "Kim")]
    flags = {"is_closed": False, "is_anonymous": True, "allows_multiple_answers": False, "allows_revoting": True}
    extra = {"total_voter_count": 0, "type": "regular", "members_only": False}
    return {"poll": {"id": "5", "question": question, "options": options, **flags, **extra}}


def dice() -> Raw:
    """A thrown die."""
    return {"dice": {"emoji": "🎲", "value": 4}}


def forwarded(text: str, *, name: str = "Somebody hidden", date: int = 1_700_000_000) -> Raw:
    """A text that somebody else wrote, who hides behind a name."""
    origin = {"type": "hidden_user", "date": date, "sender_user_name": name}
    return {"text": text, "forward_origin": origin}
