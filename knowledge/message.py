"""A message in sentences: which of them ask, what each of those leans on, and whom "he" is.

Answers for what is read together. Does not read words, nor know what is asked for.
"""

from collections.abc import Iterator, Mapping, Sequence

from knowledge.question import FUNCTION, NAMING, Role, Term

Round = tuple[int, ...]
"""The places of sentences that are read together; the last asks, the one before says what about."""
SUBJECT_WEIGHT, CONTEXT_WEIGHT = 0.9, 0.5
"""Weight of a sentence that says what the next one asks about, and of what else stands around the one that asks."""
OWN = 2
"""Content words with which a question surely says itself what it is about."""
BACK = frozenset("it its that this they them their those these there one".split())  # noqa: SIM905
"""Words for what was spoken of before."""
HE, SHE = frozenset({"he", "him", "his"}), frozenset({"she", "her"})
"""Words for a person who was spoken of."""


class Message:
    """The sentences of a message."""

    def __init__(self, sentences: Sequence[Sequence[Term]], asking: Sequence[int], types: Mapping[str, str]) -> None:
        """`sentences`: the terms of each; `asking`: which ask; `types`: key of each name -> person, place, ..."""
        self._sentences = list(_referred(sentences, types))
        self._known = [new is not old for new, old in zip(self._sentences, sentences, strict=True)]
        """Whether a sentence is about somebody whom the one before names."""
        self._asking = asking

    def rounds(self) -> list[Round]:
        """For each question what is read together; all where nothing asks."""
        return [self._with_subject(at) for at in self._asking] or [tuple(range(len(self._sentences)))]

    def own(self, round_: Round) -> list[Sequence[Term]]:
        """The sentences of a round that ask, or say: the last, or all where none asks."""
        return [self._sentences[at] for at in (round_[-1:] if self._asking else round_)]

    def content(self, round_: Round) -> int:
        """How many words of those say what they are about."""
        return sum(map(_content, self.own(round_)))

    def spoken(self, round_: Round) -> list[Term]:
        """All terms of a round, in order."""
        return [term for at in round_ for term in self._sentences[at]]

    def terms(self, round_: Round) -> tuple[Term, ...]:
        """The terms of a round and of what stands around it, each key once with its highest weight."""
        found: dict[str, Term] = {}
        bare = not self.content(round_) and _content(self.spoken(round_)) <= OWN
        for at, sentence in enumerate(self._beside(round_)):
            whole = not self._asking or at == round_[-1]
            for term in sentence if whole else _around(sentence, subject=at in round_, own=bare):
                if term.key not in found or found[term.key].weight < term.weight:
                    found[term.key] = term
        return tuple(found.values())

    def _with_subject(self, at: int) -> Round:
        """A question, with what was said before it where it has hardly a word of its own: "What was the figure?"."""
        before = next((part for part in range(at - 1, -1, -1) if _content(self._sentences[part])), at)
        sentence = self._sentences[at]
        known = self._known[at] and not any(term.typed in BACK for term in sentence)
        vague = _content(sentence) < OWN and not known and not _is_who(sentence)
        return (before, at) if before < at and vague else (at,)

    def _beside(self, round_: Round) -> list[Sequence[Term]]:
        """The sentences without those that ask something else than a round does, or say nothing at all."""
        every = list(enumerate(self._sentences))
        others = [sentence for at, sentence in every if at not in round_ and at not in self._asking]
        idle = all(term.role in FUNCTION for sentence in others for term in sentence)
        return [sentence if at in round_ or not (idle or at in self._asking) else () for at, sentence in every]


def _referred(sentences: Sequence[Sequence[Term]], types: Mapping[str, str]) -> Iterator[Sequence[Term]]:
    """The sentences with "he" and "she" as the one person whom the nearest before that names any names.

    In "Was Kim's wife there? Who is she?" she is not Kim.
    """
    person, pronouns = None, HE
    for sentence in sentences:
        places = [at for at, term in enumerate(sentence) if types.get(term.key) == "person"]
        if not places:
            meant = person if any(term.typed in pronouns for term in sentence) else None
            yield [meant if term.typed in pronouns else term for term in sentence] if meant else sentence
            continue
        yield sentence
        person = sentence[places[0]] if len({sentence[at].key for at in places}) == 1 else None
        after = sentence[places[-1] + 1 : places[-1] + 2]
        pronouns = HE if any(term.role is Role.CONTENT for term in after) else HE | SHE


def _around(terms: Sequence[Term], *, subject: bool, own: bool) -> Iterator[Term]:
    """Terms of a sentence beside the one that asks but for what it asks itself; names in the subject count as own.

    `own`: whether all in the subject does, as the mere topic of one that says nothing: "the chat, who said it".
    """
    weight = SUBJECT_WEIGHT if subject else CONTEXT_WEIGHT
    for term in (term for term in terms if term.role is not Role.ASKING):
        counts = subject and (own or term.role in NAMING)
        yield term._replace(weight=term.weight * weight, around=not counts)


def _is_who(sentence: Sequence[Term]) -> bool:
    """Whether a sentence asks who somebody is, and so leans on nothing."""
    said = [term.role for term in sentence if term.role not in FUNCTION]
    return said == [Role.ENTITY] and any(term.key == "who" and term.role is Role.ASKING for term in sentence)


def _content(terms: Sequence[Term]) -> int:
    return sum(term.role not in FUNCTION for term in terms)
