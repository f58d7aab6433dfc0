"""What Telegram says instead of a result. Answers for codes and wording, decides nothing."""

from typing import Any

TITLES = {
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    413: "Request Entity Too Large",
    429: "Too Many Requests",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


class Refusal(Exception):  # noqa: N818 - it is an answer, not an error of the fake
    """A call that is answered with ok=false; `mistake` where no state of the world would have let it pass."""

    def __init__(self, code: int, description: str, *, mistake: bool = False, **parameters: Any) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.mistake = mistake
        self.parameters = parameters

    def body(self) -> dict[str, Any]:
        """The JSON object that the bot gets."""
        body: dict[str, Any] = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


def bad(text: str) -> Refusal:
    """Refused because of how the world stands: a race that a sound bot can meet."""
    return Refusal(400, f"Bad Request: {text}")


def mistake(text: str) -> Refusal:
    """Refused because the bot should never have asked."""
    return Refusal(400, f"Bad Request: {text}", mistake=True)


def too_many(seconds: int) -> Refusal:
    """The platform's flood limit."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
