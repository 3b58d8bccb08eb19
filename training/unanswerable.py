"""Questions that a context does not answer, made from ones that it does; and answered twins with the same edit.

A reader that only ever sees other paragraphs as negatives learns topic, not support (Rajpurkar et al. 2018, "Know What
You Don't Know"). So the question stays near and one thing in it is made wrong: an entity, a number, a word, a negation.
Edits leave traces ("wasn't", an odd noun) that a reader could learn instead of reading. `consistent` therefore makes the same
edit in question and context, and the answer stays right.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from retrieval.bm25 import BM25Index
from retrieval.quotes.lexicon import MONTH, WEEKDAY
from retrieval.sentences import split_sentences
from training.data import Example

Edit = tuple[str, str]

_NUMBER = re.compile(r"\b\d[\d,.]*\d\b|\b\d\b")
_YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_MONTH = re.compile(rf"\b(?:{MONTH}|{WEEKDAY})\b")
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:of |the |and |de )?[A-Z][\w’'-]+)*")
_ASKING = set(
    "who what when where which why how did does do is are was were in on at the a an for of to by from after".split()
)
_KINDS = (("year", _YEAR), ("month", _MONTH), ("number", _NUMBER), ("name", _NAME))
_VERB = r"\b(is|are|was|were|did|does|do|has|have|had|can|could|would|will|should)\b"
_OPPOSITES = dict(
    pair.split("/")
    for pair in """first/last last/first most/least least/most more/fewer less/more largest/smallest smallest/largest
    biggest/smallest highest/lowest lowest/highest oldest/youngest earliest/latest latest/earliest before/after
    after/before north/south south/north east/west west/east northern/southern southern/northern eastern/western
    western/eastern increase/decrease increased/decreased decrease/increase decreased/increased won/lost win/lose
    lost/won beginning/end began/ended begin/end start/stop started/stopped ended/began founded/abolished
    built/demolished accepted/rejected rejected/accepted support/oppose supported/opposed opposed/supported
    allowed/banned banned/allowed always/never never/always best/worst worst/best good/bad bad/good male/female
    female/male men/women women/men father/mother mother/father son/daughter daughter/son brother/sister
    husband/wife wife/husband before/during early/late late/early above/below below/above inside/outside
    majority/minority minimum/maximum maximum/minimum positive/negative negative/positive public/private
    private/public agreed/refused refused/agreed success/failure gained/lost arrived/left entered/left
    buy/sell bought/sold sold/bought cheaper/dearer faster/slower better/worse worse/better easy/difficult
    liked/disliked like/dislike love/hate joined/left appointed/dismissed hired/fired born/buried
    teacher/student attacked/defended defeated/praised import/export rich/poor old/new new/old
    raised/lowered upper/lower largest/oldest longest/shortest tallest/shortest""".split()
)


class Editor:
    """`neighbours` gives words near a word in meaning but not the same: what a careless reader would let pass."""

    def __init__(
        self, examples: Sequence[Example], neighbours: Mapping[str, Sequence[str]], chance: random.Random
    ) -> None:
        self._neighbours, self._chance = neighbours, chance
        self._contexts = list(dict.fromkeys(example.context for example in examples))
        self._index = BM25Index(self._contexts, self._contexts)
        self._names: dict[str, list[str]] = defaultdict(list)
        for context in self._contexts:
            for kind, found in _entities(context):
                self._names[kind].append(found)

    def unanswerable(self, example: Example) -> Example | None:
        """One negative of a kind drawn by weight; None where that kind cannot be made of this example."""
        makers: list[tuple[float, Callable[[Example], Example | None]]] = [
            (0.27, self._near_word),
            (0.26, self._entity),
            (0.12, self._opposite),
            (0.07, self._negation),
            (0.13, self._without_its_sentence),
            (0.15, self._other_context),
        ]
        weights, kinds = zip(*makers, strict=True)
        for maker in (self._chance.choices(kinds, weights)[0] for _ in range(4)):
            made = maker(example)
            if made:
                return made
        return None

    def consistent(self, example: Example) -> Example | None:
        """The same swap in question and context, the answer untouched: the edit alone tells nothing."""
        for edit in (self._entity_edit, self._word_edit, self._opposite_edit):
            if self._chance.random() < 0.5:
                continue
            swap = edit(example)
            if not swap or re.search(_whole(swap[0]), example.answer, re.IGNORECASE):
                continue
            before, after = example.context[: example.start], example.context[example.end :]
            context = _swapped(before, *swap) + example.answer + _swapped(after, *swap)
            if context == example.context:
                continue
            start = len(_swapped(before, *swap))
            question = _swapped(example.question, *swap)
            return replace(example, question=question, context=context, start=start, end=start + len(example.answer))
        return None

    def _near_word(self, example: Example) -> Example | None:
        return self._edited(example, self._word_edit(example))

    def _entity(self, example: Example) -> Example | None:
        return self._edited(example, self._entity_edit(example))

    def _opposite(self, example: Example) -> Example | None:
        return self._edited(example, self._opposite_edit(example))

    def _edited(self, example: Example, swap: Edit | None) -> Example | None:
        return example.without_answer(question=_swapped(example.question, *swap)) if swap else None

    def _negation(self, example: Example) -> Example | None:
        verb = re.search(_VERB, example.question)
        if not verb or example.question.lower().startswith("how "):
            return None
        contracted = {"can": "can't", "will": "won't"}.get(verb.group(), f"{verb.group()}n't")
        negated = self._chance.choice([contracted, f"{verb.group()} never"] if verb.start() else [contracted])
        return example.without_answer(
            question=example.question[: verb.start()] + negated + example.question[verb.end() :]
        )

    def _without_its_sentence(self, example: Example) -> Example | None:
        spans = split_sentences(example.context)
        kept = [s for s in spans if s[1] <= example.start or s[0] >= example.end]
        context = " ".join(example.context[a:b] for a, b in kept)
        if len(kept) < 2 or example.answer.lower() in context.lower():
            return None
        return example.without_answer(context=context)

    def _other_context(self, example: Example) -> Example | None:
        near = [context for context, _ in self._index.rank(example.question, 8)]
        others = [c for c in near if c != example.context and example.answer.lower() not in c.lower()]
        return example.without_answer(context=self._chance.choice(others)) if others else None

    def _entity_edit(self, example: Example) -> Edit | None:
        held = [
            (kind, found)
            for kind, found in _entities(example.question)
            if found in example.context and found not in example.answer
        ]
        if not held:
            return None
        kind, found = self._chance.choice(held)
        here = [other for k, other in _entities(example.context) if k == kind]
        pool = here if here and self._chance.random() < 0.5 else self._names[kind]
        others = [o for o in self._chance.sample(pool, min(12, len(pool))) if _different(o, found, example)]
        return (found, others[0]) if others else None

    def _word_edit(self, example: Example) -> Edit | None:
        held = set(re.findall(r"[a-z]+", example.context.lower()))
        words = [
            w for w in re.findall(r"\b[a-z]{3,}\b", example.question) if w in self._neighbours and w not in _ASKING
        ]
        telling = [w for w in words if w in held] or words
        if not telling:
            return None
        word = self._chance.choice(telling)
        near = [n for n in self._neighbours[word] if n not in held or self._chance.random() < 0.3]
        return (word, self._chance.choice(near)) if near else None

    def _opposite_edit(self, example: Example) -> Edit | None:
        words = [w for w in re.findall(r"\b[a-z]+\b", example.question) if w in _OPPOSITES]
        if not words:
            return None
        word = self._chance.choice(words)
        return word, _OPPOSITES[word]


def _entities(text: str) -> list[tuple[str, str]]:
    """(kind, words) of the names, numbers and dates of a text; a lone capital that opens it is no name."""
    found, taken = [], set[int]()
    for kind, pattern in _KINDS:
        for match in pattern.finditer(text):
            opens = match.start() == 0 or text[: match.start()].rstrip()[-1:] in ".?!"
            lone = kind == "name" and " " not in match.group() and opens
            if lone or match.group().lower() in _ASKING or match.start() in taken:
                continue
            taken.update(range(match.start(), match.end()))
            found.append((kind, match.group()))
    return found


def _different(other: str, found: str, example: Example) -> bool:
    shared = set(other.lower().split()) & set(found.lower().split())
    return not shared and other.lower() not in example.answer.lower() and other.lower() not in example.question.lower()


def _whole(words: str) -> str:
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def _swapped(text: str, old: str, new: str) -> str:
    return re.sub(_whole(old), lambda _: new, text)
