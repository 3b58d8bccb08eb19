"""Who said what, against PolNeAR: `python -m benchmarks.polnear FOLDER` (a split: text/ and attributions/).

Newell, Margolin and Ruths, "An Attribution Relations Corpus for Political News" (LREC 2018). Content: token precision, recall and
F1 over all tokens annotated as content, and F1 of whole contents matched at 0.3 overlap, as GenderGapTracker's evaluation
does (Asr et al. 2021: quotes F1 83.7, speaker match 86.5 %, on data of their own). Speaker: of the contents matched, how
many have the speaker whom the annotators marked. PolNeAR also annotates beliefs and intentions, which Byline does not look for.
"""

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from retrieval.quotes.attribution import quotations
from retrieval.quotes.names import same_name
from retrieval.terms import words
from retrieval.types import Article, Kind, Paragraph, Quotation

_OVERLAP = 0.3
_TOKEN = re.compile(r"\w+")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One annotated attribution: where its content and source stand."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]


def read_annotations(path: Path) -> list[Marked]:
    """brat standoff: T lines are spans, E lines join them."""
    spans: dict[str, tuple[Span, ...]] = {}
    found = []
    for line in path.read_text("utf-8").splitlines():
        fields = line.split("\t")
        if fields[0].startswith("T"):
            offsets = fields[1].split(" ", 1)[1].split(";")
            spans[fields[0]] = tuple((int(a), int(b)) for a, b in (o.split() for o in offsets))
        elif fields[0].startswith("E"):
            roles: dict[str, list[Span]] = {}
            for part in fields[1].split():
                role, id_ = part.split(":")
                roles.setdefault(re.sub(r"\d+$", "", role), []).extend(spans.get(id_, ()))
            if roles.get("Content"):
                found.append(Marked(tuple(roles["Content"]), tuple(roles.get("Source", ()))))
    return found


def as_article(text: str, source: str) -> Article:
    """Every line a paragraph of the story, so that offsets stay the corpus's own."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
    return Article(source, text, tuple(Paragraph(i, Kind.BODY, a, b) for i, (a, b) in enumerate(lines, 1)))


def tokens(text: str, spans: tuple[Span, ...]) -> set[int]:
    """Where the words of the spans begin."""
    return {m.start() for a, b in spans for m in _TOKEN.finditer(text, a, b)}


def merged(found: tuple[Quotation, ...]) -> Iterator[tuple[Quotation, tuple[Span, ...]]]:
    """Quotations with the sentences that only continue them."""
    held: list[Quotation] = []
    for quotation in found:
        if held and not quotation.cue and quotation.speaker == held[0].speaker:
            held.append(quotation)
            continue
        if held:
            yield held[0], tuple(span for q in held for span in q.content)
        held = [quotation]
    if held:
        yield held[0], tuple(span for q in held for span in q.content)


def right_speaker(text: str, marked: Marked, found: Quotation) -> bool:
    """The annotated source's words against the phrase in the sentence, or against the name it was resolved to."""
    source = " ".join(text[a:b] for a, b in marked.source)
    shared = set(words(source)) & set(words(f"{found.mention} {found.speaker}"))
    return bool(shared) or same_name(source, found.speaker)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("split", type=Path)
    parser.add_argument("--wrong", type=int, default=0, help="print so many contents that were missed or made up")
    arguments = parser.parse_args()
    both = ours = theirs = matched = matched_back = golds = founds = sourced = right = 0
    wrong: list[str] = []
    for path in sorted((arguments.split / "text").glob("*.txt")):
        text = path.read_text("utf-8")
        gold = read_annotations(next((arguments.split / "attributions").glob(f"{path.stem}*.ann")))
        found = list(merged(quotations(as_article(text, path.name))))
        gold_tokens = [tokens(text, marked.content) for marked in gold]
        found_tokens = [tokens(text, spans) for _, spans in found]
        every_gold, every_found = set().union(*gold_tokens), set().union(*found_tokens)
        both, ours, theirs = both + len(every_gold & every_found), ours + len(every_found), theirs + len(every_gold)
        golds, founds = golds + len(gold), founds + len(found)
        for marked, held in zip(gold, gold_tokens, strict=True):
            shares = [len(held & other) / max(1, len(held | other)) for other in found_tokens]
            best = max(range(len(found)), key=lambda i: shares[i], default=-1)
            if best < 0 or shares[best] < _OVERLAP:
                wrong.append(
                    f"missed  {text[marked.content[0][0] : marked.content[0][1]]!r} by {[text[a:b] for a, b in marked.source]}"
                )
                continue
            matched += 1
            if marked.source:
                sourced += 1
                good = right_speaker(text, marked, found[best][0])
                right += good
                if not good:
                    wrong.append(
                        f"speaker {[text[a:b] for a, b in marked.source]} taken for {found[best][0].speaker!r} ({found[best][0].mention!r})"
                    )
        for other in found_tokens:
            matched_back += any(len(held & other) / max(1, len(held | other)) >= _OVERLAP for held in gold_tokens)
    precision, recall = both / ours, both / theirs
    p30, r30 = matched_back / founds, matched / golds
    print("| figure | value |\n|---|---|")
    print(
        f"| content tokens: precision / recall / F1 | {precision:.3f} / {recall:.3f} / {_f1(precision, recall):.3f} |"
    )
    print(f"| contents at 0.3 overlap: precision / recall / F1 | {p30:.3f} / {r30:.3f} / {_f1(p30, r30):.3f} |")
    print(f"| speaker right, given the content | {right / sourced:.3f} of {sourced} |")
    step = max(1, len(wrong) // arguments.wrong) if arguments.wrong else 1
    for line in wrong[::step][: arguments.wrong]:
        print(line)


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


if __name__ == "__main__":
    main()
