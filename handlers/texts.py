"""Every sentence of the bot's own that a reader sees, by language.

Answers for wording. English stands here; what other languages have of it stands in their vocabulary file.
"""

from datetime import date

from knowledge import vocabulary
from knowledge.outcomes import Article, Status

_ENGLISH = {
    "not_said": "The article doesn't say.",
    "not_found": "I find no sure answer to that in the article.",
    "near": "Or do you mean one of these?",
    "not_said_kind_who": "The article doesn't say who.",
    "not_said_kind_when": "The article doesn't say when.",
    "not_said_kind_where": "The article doesn't say where.",
    "not_said_kind_why": "The article doesn't say why.",
    "not_said_kind_how_many": "The article doesn't say how many or how long.",
    "not_mentioned": "The article doesn't mention {name}.",
    "closest": "The closest thing it says",
    "which": "Which of these do you mean?",
    "none_of_these": "None of these",
    "no_such_choice": "There is no choice {number}.",
    "paragraph": "paragraph {number}",
    "according_to": "according to {who}",
    "according": "The article has it from {who}.",
    "unattributed": "The article says so itself and names no source.",
    "hearsay": "The article passes it on and doesn't say who it has it from.",
    "in_english": "",
    "status_reported": "reported, not confirmed",
    "status_suspected": "suspected, not proven",
    "status_denied": "denied",
    "status_unclear": "unclear",
    "source": "Source",
    "empty": "I can read questions in words. Send me one about the article, for example",
    "greeting": "Hello! Ask me about the article, for example",
    "thanks": "You're welcome! If there is more you want to know about the article, just ask.",
    "goodbye": "Goodbye!",
    "about_bot": (
        "I'm a bot that answers questions about one news article, from facts and quotes that a newsroom has written "
        "down. Every answer shows its source; what the article doesn't say, I don't answer. Try"
    ),
    "further": "What would you like to know? You could ask, for example",
    "sourcing": "Every answer of mine says where in the article it stands and according to whom. Ask me, for example",
    "abuse": "I'm sorry if I was no help. I only know what the article says; you could ask, for example",
    "contact": (
        "I'm a bot and can't pass anything on. A 👎 under an answer tells the newsroom that it was no help; with "
        "anything else please turn to the publisher of the article."
    ),
    "praise": "Thank you! Ask me anything else about the article.",
    "remark": "I only answer questions about the article, for example",
    "laughter": "Ask me about the article, for example",
    "none": "Then the article probably doesn't say. You could ask it in other words.",
    "articles": "Articles",
    "chosen": "From now on I answer here from “{title}” ({publisher}, {date}). /article chooses another one, or all",
    "chosen_all": "From now on I answer here from all articles",
    "no_such_article": "I have no such article. These are the ones that I have:",
    "now_all": "I answer here from all articles. Choose one:",
    "now_only": "I answer here from one article:",
    "now_one": "I answer here from “{title}”. Choose another one, or all:",
    "all_articles": "All articles",
    "also": "Another article says",
    "people": "People in the article",
    "timeline": "What happened when",
    "places": "Places in the article",
    "quotes": "Who is quoted",
    "back": "Back",
    "more": "More",
    "sorry": "Something went wrong on my side. Please ask again.",
    "voted": "Thank you, noted.",
    "vote_same": "Your vote is already counted.",
    "vote_stale": "This answer has changed since, so the vote is not counted.",
    "stale": "That button is from an older version of the article's answers. Ask me instead, for example",
    "topics": "You could ask, for example",
    "unknown_command": "I don't know the command {command}. /help lists those that I know.",
    "start": (
        "I answer questions about the article “{title}” ({publisher}, {date}). Each answer says where in the article "
        "it stands and according to whom. What the article doesn't say, I don't answer. Ask away, for example"
    ),
    "help": (
        "Ask a question about the article in your own words, in English, Русский, Українська, Español, Deutsch, 한국어 "
        "or 中文.\n\n"
        "/who /when /where /what /why /howmany /quote with words: only that kind of answer, as in “/who minister”\n"
        "/who alone: the people · /when alone: the timeline · /where alone: the places · /quote alone: who is quoted\n"
        "/topics: suggested questions · /summary: the article in brief · /source: where it was published\n"
        "/articles: the articles to choose from · reply to an answer to ask on: “and when?”, “who says so?”\n"
        "/privacy: what is stored"
    ),
    "privacy": (
        "Nothing is stored about who asks. A question that gets an answer is forgotten; the log holds no text of yours "
        "and nothing that identifies you. A 👍 or 👎 is counted under a keyed hash, so that nobody counts twice and "
        "nobody can be told from it; so is the article that a chat has chosen. A question that got no answer is kept "
        "for 90 days without names, numbers, links and usernames, so that the newsroom can add the answer."
    ),
    "reloaded": "Reloaded",
    "checked": "No fault",
    "refused": "Refused; the knowledge in force goes on answering",
    "proposed": "This would be taken over",
    "your_file": "your file",
    "apply": "Apply",
    "drop": "Drop",
    "applied": "Applied to {file}; /undo takes it back",
    "dropped": "Dropped",
    "proposal_gone": "That file was applied or dropped before. Send it again to look at it again.",
    "undone": "{file} is as it was before",
    "changed_since": "{file} was changed since then; taking the last change back would lose that",
    "nothing_to_undo": "There is nothing to undo",
    "not_written": "Not written, and nothing changed: {problem}",
    "too_large": "The file is too large; knowledge files have at most {limit} MiB",
    "send_yaml": "To change the knowledge, send a .yaml file",
    "entries": "Entries: {count}",
    "unchanged": "Nothing differs from the knowledge in force",
    "entries_added": "{count} added: {ids}",
    "entries_changed": "{count} changed: {ids}",
    "entries_removed": "{count} removed: {ids}",
    "moved": "Questions answered differently: {count}",
    "no_entry": "no entry",
    "misses": "Missed questions: {count}, the most frequent first (with the nearest entry)",
    "no_misses": "No missed questions",
    "miss": "Missed",
    "miss_gone": "That question was seen to before",
    "entry_gone": "That entry is no longer there",
    "add_to": "Add to: {entry}",
    "not_in_article": "The article doesn't say",
    "added_phrasing": "Added as a phrasing; it answers from now on. /undo takes it back",
    "added_unanswered": "Noted as not in the article. /undo takes it back",
    "explained": "“{question}”",
    "explain_asked": "asks for: {kinds} · language: {spoken}",
    "explain_what": "Which question? /explain with words, or in reply to an answer",
    "stats": "How the bot is used",
    "stats_entries": "Entries: {count}, version {version}",
    "stats_age": "knowledge loaded {age} ago, up for {uptime}",
    "stats_votes": "votes: {up} 👍 {down} 👎",
    "stats_given": "Most often given:",
    "stats_missed": "Most often missed:",
    "asked": "{count} asked",
    "published": "{publisher}, section {section}, published {date}",
    "published_plain": "{publisher}, published {date}",
}
_STATUS = {status: f"status_{status.value}" for status in Status}


def say(key: str, language: str = "en", **values: str) -> str:
    """A sentence in a language, in English where the language lacks it; empty where there is none."""
    text = vocabulary.read(language).replies.get(key) if language != "en" else None
    return (text or _ENGLISH[key]).format(**values)


def has(key: str) -> bool:
    """Whether there is such a sentence."""
    return key in _ENGLISH


def day(moment: date) -> str:
    """A date as readers write it: June 19, 2024."""
    return f"{moment:%B} {moment.day}, {moment.year}"


def dated_as(when: str) -> str:
    """A date, month or year in figures as readers write it: September 2023."""
    first = date.fromisoformat(f"{when}-01-01"[:10])
    return {10: day(first), 7: f"{first:%B %Y}"}.get(len(when), when)


def title_line(article: Article) -> str:
    """Title, publisher and date of an article."""
    return f"“{article.title}”, {article.publisher}, {day(article.published)}"


def article_line(article: Article) -> str:
    """Title, publisher, section and date of an article."""
    published = f"{day(article.published)} at {article.published:%H:%M}"
    key = "published" if article.section else "published_plain"
    line = say(key, publisher=article.publisher, section=article.section or "", date=published)
    return "\n".join(filter(None, (f"“{article.title}”", line, article.url, article.rights)))


def status(value: Status, language: str = "en") -> str | None:
    """How firmly it is said, None where the article simply states it."""
    return None if value is Status.STATED else say(_STATUS[value], language)
