"""What the program is told from outside: environment or .env, read once into one frozen object.

Answers for names, defaults and clear errors. Secrets hide when printed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, Secret, StringConstraints, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

import knowledge

SHIPPED = Path(knowledge.__file__).parent / "articles"
_FILE = ".env"
_ADDRESS = "an address that begins with http:// or https://"
_WANTED = {
    "bot_token": "a token from @BotFather, digits:letters",
    "admin_ids": "numbers with commas between them",
    "watch": "yes or no",
    "telegram_api_url": _ADDRESS,
    "webhook_url": _ADDRESS,
    "webhook_listen": "host:port",
    "webhook_secret": "1 to 256 letters A-Z a-z, digits, _ and -",
}
"""What a setting must be that is no choice among words."""
_Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


class SettingsError(Exception):
    """A setting is wrong; the message names its key and what is wanted, never the value: it may be a secret."""


class Settings(BaseSettings):
    """All settings."""

    model_config = SettingsConfigDict(
        env_file=_FILE, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    bot_token: Secret[Annotated[str, StringConstraints(pattern=r"^\d+:[A-Za-z0-9_-]+$")]] | None = Field(
        default=None, description="from BotFather; without it the terminal chat starts"
    )
    admin_ids: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), description="comma-separated user ids that may administer"
    )
    knowledge_path: Path = Field(default=SHIPPED, description="file or folder of articles")
    cache_dir: Path = Field(
        default=Path.home() / ".cache" / "citebot", description="folder for the index, so that a start is quick"
    )
    drafts: Literal["hide", "serve"] = Field(
        default="hide", description="whether entries marked as drafts answer: hide or serve"
    )
    watch: bool = Field(default=False, description="whether changed knowledge files are taken over by themselves")
    data_dir: Path = Field(default=Path("data"), description="folder for votes, missed questions, counts and backups")
    telegram_api_url: Annotated[str, StringConstraints(pattern=r"^https?://[^/]+")] = Field(
        default="https://api.telegram.org", description="root of a Bot API server"
    )
    webhook_url: Annotated[str, StringConstraints(pattern=r"^https?://[^/]+")] | None = Field(
        default=None, description="public address that Telegram sends updates to; without it the bot polls"
    )
    webhook_listen: Annotated[str, StringConstraints(pattern=r"^[^:]+:\d{1,5}$")] = Field(
        default="127.0.0.1:8080", description="host:port to listen on for updates, /healthz and /metrics"
    )
    webhook_secret: Secret[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,256}$")]] | None = Field(
        default=None, description="what Telegram proves itself with; made at random without it"
    )
    log_level: _Level = Field(default="INFO", description="least level logged")
    log_format: Literal["text", "json"] = Field(default="text", description="how log lines look")

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, value: object) -> object:
        level = str(value).upper()
        return level if level in get_args(_Level) else value

    def shown(self) -> Iterator[tuple[str, str, str]]:
        """Each setting's key, value and meaning, secrets hidden."""
        for name, field in type(self).model_fields.items():
            value = getattr(self, name)
            if isinstance(value, frozenset):
                value = ", ".join(map(str, sorted(value)))
            if name == "knowledge_path" and not value.exists():
                value = f"{value} (not there)"
            yield name.upper(), "" if value is None else str(value), field.description or ""


def read() -> Settings:
    """The settings in force.

    Raises SettingsError with a line for each setting that is wrong.
    """
    try:
        return Settings()
    except UnicodeDecodeError:
        raise SettingsError(f"{_FILE}: not UTF-8: save the file as UTF-8") from None
    except ValidationError as error:
        raise SettingsError("\n".join(dict.fromkeys(map(_complaint, error.errors())))) from None


def _complaint(detail: ErrorDetails) -> str:
    name = str(detail["loc"][0])
    wanted = _WANTED.get(name) or detail["ctx"]["expected"].replace("'", "")
    return f"{name.upper()}: expected {wanted}"
