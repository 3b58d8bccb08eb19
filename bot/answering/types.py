"""The values of one question's way through the chain. All are frozen."""

from dataclasses import dataclass, field

from retrieval.types import Article, ScoredPassage, Sentence


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: `article.text[start:end] == quote`, checked by `bot.answering.citations`."""

    number: int
    article: Article
    paragraph: int
    start: int
    end: int
    quote: str
    speaker: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """A sentence a generator chose, before it is verified. `speaker` is "" for the newspaper's own voice."""

    article: Article
    sentence: Sentence
    speaker: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Draft:
    """A generator's answer: selections in reading order, or none and the reason why not.

    `lead` is put before the first sentence: the speaker's name, when the question asks for words.
    `support` is the generator's confidence, 0 to 1, for the decision to answer or decline. `best` is the shortest
    wording of the answer it holds best, given or not.
    `instead` is what a decline shows in the answer's place: who did speak of what another was asked about.
    """

    selections: tuple[Selection, ...] = ()
    lead: str = ""
    support: float = 0.0
    reason: str = ""
    best: str = ""
    instead: tuple[Selection, ...] = ()


@dataclass(frozen=True, slots=True)
class Seconds:
    """Wall time of each stage."""

    rewrite: float = 0.0
    retrieve: float = 0.0
    answer: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What every door renders. `sources` maps the passages' article ids to the locations they were added from.

    `reason` tells why an answer was declined, or is empty. `best` is the shortest wording of the best answer found,
    whether or not it was given: "24 hours" of a sentence that says so. The citations of a decline are what is there instead.
    """

    question: str
    standalone_question: str
    text: str
    declined: bool
    citations: tuple[Citation, ...] = ()
    passages: tuple[ScoredPassage, ...] = ()
    nearest: tuple[Article, ...] = ()
    sources: dict[str, str] = field(default_factory=dict)
    reason: str = ""
    support: float = 0.0
    best: str = ""
    seconds: Seconds = Seconds()


@dataclass(frozen=True, slots=True)
class Turn:
    """A question of a conversation and the answer given to it."""

    question: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question on its way through the chain; each stage returns it with its own part filled in.

    `audiences` are those the asker belongs to where they ask; None, in the operator's terminal, is all. `inside` are the best
    passages of the article that the conversation is at, where the question leans on it, and `named` is then the question with its persons named and nothing else added.
    `other` tells that the last question is asked again of something else ("and Christians?").
    """

    question: str
    turns: tuple[Turn, ...] = ()
    article_id: str | None = None
    audiences: frozenset[str] | None = None
    standalone: str = ""
    passages: tuple[ScoredPassage, ...] = ()
    inside: tuple[ScoredPassage, ...] = ()
    named: str = ""
    other: bool = False
    draft: Draft = Draft()
    citations: tuple[Citation, ...] = ()
    instead: tuple[Citation, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)

    @property
    def is_follow_up(self) -> bool:
        """Whether the question leans on the turns before it."""
        return bool(self.turns) and self.standalone != self.question

    @property
    def focus(self) -> str:
        """Id of the article that the conversation is at: the one last cited, else the one nearest to what was declined."""
        last = self.turns[-1].answer if self.turns else None
        if last is None:
            return ""
        return next((c.article.id for c in last.citations), next((a.id for a in last.nearest), ""))

    @property
    def cited_before(self) -> tuple[Citation, ...]:
        """The citations of the last turn that had any."""
        return next((turn.answer.citations for turn in reversed(self.turns) if turn.answer.citations), ())
