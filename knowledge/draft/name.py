"""Somebody or something that an article names.

Answers for what is known of one name. Finds none itself.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Name:
    """Somebody or something that the article names."""

    name: str
    type: str
    paragraph: int
    """Where it is named first, or where its role stands."""
    role: str = ""
    country: str | None = None
    aliases: list[str] = field(default_factory=list)
    gender: str = "they"
    """he, she or they, as far as a form of address tells."""

    @property
    def short(self) -> str:
        """How to call it in a question."""
        alias = self.aliases[0] if self.aliases else ""
        return alias if alias and (self.type == "person" or alias.isupper()) else self.name
