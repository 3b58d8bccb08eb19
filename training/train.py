"""Train the reader: python -m training.train --data DIR --out DIR [--start-from MODEL]. Run again, it goes on where it stopped.

The bundled MiniLM with a span head (Devlin et al. 2019, section 4.3): no answer is the span at [CLS]. The first round leaves
the embeddings and the first layer as they are; a later one (--start-from the first's model, with a seed of its own, so that
the edits are new) leaves the embeddings only. One pass over each mixture, so there is no dropout; bfloat16 where there is it.
"""

import argparse
import json
import logging
import math
import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from transformers import AutoModelForQuestionAnswering

from retrieval.embedding import bundled_folder
from retrieval.sentences import split_sentences
from retrieval.terms import terms
from training.data import NEWS, POLNEAR, QUESTIONS, Example, read, written
from training.unanswerable import Editor

SEED = 20261124
MAX_TOKENS, MAX_QUESTION = 384, 48
#: How often an example of a set is drawn, 2 where nothing is said; short sentences and reviews teach less about newspapers.
PASSES = {"qamr-dev": 0.2, "qamr-test": 0.2, "reddit_v1.0": 0.4, "amazon_reviews_v1.0": 0.3}
#: The same for a later round: what is nearest to the questions asked of newspapers.
LATER_PASSES = {"qamr-dev": 0.1, "qamr-test": 0.1, "reddit_v1.0": 0.2, "amazon_reviews_v1.0": 0.1, "new_wiki_v1.0": 1}
_NEGATIVES, _CONSISTENT = 0.78, 0.14
_TOKENS_A_BATCH, _WARMUP, _SAVE_EVERY = 4608, 0.06, 100
#: Byline reads a passage under its article's headline, and people often leave the question mark out.
_HEADED, _NEWS_HEADED, _UNMARKED = 0.5, 0.9, 0.3
#: Unanswerables that people wrote are few, and worth more than ours.
_HUMAN_NEGATIVES = 3

log = logging.getLogger("training")


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--data", type=Path, required=True, help="the folder that training.fetch filled")
    arguments.add_argument("--out", type=Path, required=True)
    arguments.add_argument("--examples", type=int, help="take only so many of the mixture, 0: none of it")
    arguments.add_argument("--start-from", type=Path, help="a model that an earlier round made")
    arguments.add_argument("--seed", type=int, default=SEED)
    arguments.add_argument("--rate", type=float, default=2e-4, help="the highest learning rate")
    arguments.add_argument(
        "--written", type=count, default=0.0, help="how often to draw each of Byline's own questions"
    )
    arguments.add_argument(
        "--passes", type=passes, nargs="*", default=[], metavar="SET=N", help="how often those of a set instead"
    )
    arguments.add_argument("--tokens", type=int, default=MAX_TOKENS, help="cut question and context to so many")
    arguments.add_argument(
        "--windowed", type=share, default=0.6, help="this share of contexts is cut to a few sentences"
    )
    arguments.add_argument("--window", type=int, default=420, help="characters of those sentences together")
    options = arguments.parse_args()
    cut = Cut(options.windowed, options.window)
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    torch.manual_seed(options.seed)
    options.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(bundled_folder() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    source = options.start_from or bundled_folder()
    model = AutoModelForQuestionAnswering.from_pretrained(str(source), attn_implementation="sdpa")
    near = neighbours(tokenizer, model.get_input_embeddings().weight.detach().numpy())
    mixed = LATER_PASSES if options.start_from else PASSES
    examples = mixture(options.data, near, mixed, cut, options.seed) if options.examples != 0 else []
    examples = examples[: options.examples]
    chance = random.Random(options.seed)
    often = dict(options.passes)
    for example in drawn(written(options.data), often, options.written, chance):
        examples.append(cut(example, chance))
    chance.shuffle(examples)
    examples = [as_asked(example, chance) for example in examples]
    batches = batched([encode(example, tokenizer, options.tokens) for example in examples], options.seed)
    log.info("%d examples, %d batches", len(examples), len(batches))
    frozen = [model.bert.embeddings, *([] if options.start_from else [model.bert.encoder.layer[0]])]
    fit(model, frozen, batches, options.rate, options.out)
    model.save_pretrained(options.out / "model")
    earlier = options.start_from and json.loads((options.start_from.parent / "training.json").read_text())
    made = {
        "seed": options.seed,
        "rate": options.rate,
        "examples": len(examples),
        "written": options.written,
        "passes": often,
        "answerable": sum(e.answerable for e in examples),
        "after": earlier,
    }
    (options.out / "training.json").write_text(json.dumps(made, indent=1))


def count(given: str) -> float:
    """Raise argparse.ArgumentTypeError for what is no number from 0."""
    try:
        number = float(given)
    except ValueError:
        number = -1.0
    if not (math.isfinite(number) and number >= 0):
        raise argparse.ArgumentTypeError(f"{given!r} is no number from 0. Give one, for example 0.5 or 2.")
    return number


def share(given: str) -> float:
    """Raise argparse.ArgumentTypeError for what is no number from 0 to 1."""
    if (number := count(given)) > 1:
        raise argparse.ArgumentTypeError(f"{given!r} is over 1. Give a share from 0 to 1.")
    return number


def passes(given: str) -> tuple[str, float]:
    """`SET=N`. Raise argparse.ArgumentTypeError for a set that we have no questions of, and as `count` does."""
    name, _, often = given.partition("=")
    sets = sorted(path.stem for path in QUESTIONS.glob("*.tsv"))
    if name not in sets:
        raise argparse.ArgumentTypeError(f"No questions of ours are of {name!r}. There are {', '.join(sets)}.")
    return name, count(often)


@dataclass(frozen=True, slots=True)
class Cut:
    """Cuts `share` of the contexts it is given to whole sentences of `window` characters together, or to one longer sentence."""

    share: float
    window: int

    def __call__(self, example: Example, chance: random.Random) -> Example:
        return windowed(example, self.window, chance) if chance.random() < self.share else example


def mixture(
    folder: Path, near: dict[str, list[str]], passes: Mapping[str, float], cut: Cut, seed: int
) -> list[Example]:
    """Answerable examples, some cut to a window or edited consistently, and unanswerables made of them; shuffled."""
    chance = random.Random(seed)
    given: list[Example] = []
    for path in sorted(folder.iterdir()):
        if path.name == "wiki-sentences.tsv" or path.suffix == ".csv" or path.is_dir():
            continue
        given += _often(list(read(path)), passes.get(path.stem, 2), chance)
    answerable = [example for example in given if example.answerable]
    editor = Editor(answerable, near, chance)
    made = [example for example in given if not example.answerable] * _HUMAN_NEGATIVES
    for example in answerable:
        seen = cut(example, chance)
        twin = editor.consistent(seen) if chance.random() < _CONSISTENT else None
        made.append(twin or seen)
        if chance.random() < _NEGATIVES:
            seen = cut(example, chance)
            negative = editor.unanswerable(seen)
            made += [negative] if negative else []
    chance.shuffle(made)
    return made


def drawn(
    examples: Iterable[Example], often: Mapping[str, float], usually: float, chance: random.Random
) -> list[Example]:
    """Each set's examples as often as `often` says of it, or `usually`; 1.5 is once and every second of them again."""
    by_set: dict[str, list[Example]] = {}
    for example in examples:
        by_set.setdefault(example.source, []).append(example)
    return [e for name, found in by_set.items() for e in _often(found, often.get(name, usually), chance)]


def _often(examples: list[Example], times: float, chance: random.Random) -> list[Example]:
    whole, part = divmod(times, 1)
    return examples * int(whole) + chance.sample(examples, int(len(examples) * part))


def as_asked(example: Example, chance: random.Random) -> Example:
    """Sometimes under its title, sometimes without the question mark."""
    if example.title and chance.random() < (_NEWS_HEADED if example.source in (NEWS.name, POLNEAR) else _HEADED):
        lead = f"{example.title}\n"
        start, end = (example.start + len(lead), example.end + len(lead)) if example.answerable else (-1, -1)
        example = replace(example, context=lead + example.context, start=start, end=end)
    if chance.random() < _UNMARKED:
        example = replace(example, question=example.question.rstrip(" ?"))
    return example


def windowed(example: Example, size: int, chance: random.Random) -> Example:
    """A run of whole sentences around the answer, or where there is none around the sentence nearest to the question."""
    spans = list(split_sentences(example.context))
    if example.answerable:
        first = next((i for i, (_, end) in enumerate(spans) if end > example.start), 0)
        last = next((i for i, (_, end) in enumerate(spans) if end >= example.end), len(spans) - 1)
    else:
        wanted = set(terms(example.question))
        first = last = max(range(len(spans)), key=lambda i: len(wanted & set(terms(example.context[slice(*spans[i])]))))
    while True:
        sides = [s for s in (-1, 1) if 0 <= (first - 1 if s < 0 else last + 1) < len(spans)]
        if not sides:
            break
        side = chance.choice(sides)
        low, high = (first - 1, last) if side < 0 else (first, last + 1)
        if spans[high][1] - spans[low][0] > size:
            break
        first, last = low, high
    low, high = spans[first][0], spans[last][1]
    start, end = (example.start - low, example.end - low) if example.answerable else (-1, -1)
    return replace(example, context=example.context[low:high], start=start, end=end)


def neighbours(tokenizer: Tokenizer, vectors: np.ndarray) -> dict[str, list[str]]:  # type: ignore[type-arg]
    """Whole words of the vocabulary → words near them in the model's own embeddings, inflections left out."""
    words = [(w, i) for w, i in tokenizer.get_vocab().items() if w.isalpha() and w.isascii() and len(w) > 2]
    words = [(w, i) for w, i in sorted(words, key=lambda pair: pair[1]) if i > 1996][:9000]
    table = vectors[[i for _, i in words]] - vectors.mean(0)
    table = table / np.linalg.norm(table, axis=1, keepdims=True)
    found = {}
    for start in range(0, len(words), 1000):
        scores = table[start : start + 1000] @ table.T
        for row, (word, _) in enumerate(words[start : start + 1000]):
            best = np.argsort(-scores[row])[1:14]
            near = [words[i][0] for i in best if scores[row, i] > 0.33]
            near = [n for n in near if n[:4] != word[:4] and word not in n and n not in word]
            if near:
                found[word] = near[:6]
    return found


def encode(example: Example, tokenizer: Tokenizer, longest: int = MAX_TOKENS) -> tuple[list[int], int, int, int]:
    """(token ids, where the context begins, first and last token of the answer or 0, 0), at most `longest` long."""
    asked = tokenizer.encode(example.question, add_special_tokens=False).ids[:MAX_QUESTION]
    read_ = tokenizer.encode(example.context, add_special_tokens=False)
    room, opened = longest - len(asked) - 3, len(asked) + 2
    tokens = [i for i, (a, b) in enumerate(read_.offsets) if a < example.end and b > example.start]
    low = max(0, min(tokens[0] - room // 2, len(read_.ids) - room)) if example.answerable and tokens else 0
    ids = [101, *asked, 102, *read_.ids[low : low + room], 102]
    if not (example.answerable and tokens) or tokens[-1] - low >= room:
        return ids, opened, 0, 0
    return ids, opened, tokens[0] - low + opened, tokens[-1] - low + opened


Encoded = tuple[list[int], int, int, int]


def batched(encoded: Sequence[Encoded], seed: int) -> list[list[Encoded]]:
    """Batches of like length within stretches of the shuffled order, each of about as many tokens."""
    batches: list[list[Encoded]] = []
    chance = random.Random(seed)
    for start in range(0, len(encoded), 2048):
        stretch: list[list[Encoded]] = [[]]
        for example in sorted(encoded[start : start + 2048], key=lambda e: len(e[0])):
            if (len(stretch[-1]) + 1) * len(example[0]) > _TOKENS_A_BATCH:
                stretch.append([])
            stretch[-1].append(example)
        chance.shuffle(stretch)
        batches += [batch for batch in stretch if batch]
    return batches


def fit(
    model: torch.nn.Module,
    frozen: Sequence[torch.nn.Module],
    batches: Sequence[Sequence[Encoded]],
    rate: float,
    out: Path,
) -> None:
    device = "cuda" if torch.cuda.is_available() else "cpu"
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    model.config._attn_implementation = "sdpa"
    model.config.attention_probs_dropout_prob = 0.0
    for parameter in (p for part in frozen for p in part.parameters()):
        parameter.requires_grad = False
    model.to(device).train()
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=rate, weight_decay=0.01, fused=True)
    warm = max(1, int(len(batches) * _WARMUP))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min((step + 1) / warm, max(0.0, (len(batches) - step) / max(1, len(batches) - warm)))
    )
    checkpoint, first = out / "checkpoint.pt", 0
    if checkpoint.is_file():
        kept = torch.load(checkpoint, map_location=device, weights_only=True)
        model.load_state_dict(kept["model"])
        optimiser.load_state_dict(kept["optimiser"])
        schedule.load_state_dict(kept["schedule"])
        first = kept["step"]
        log.info("going on at batch %d", first)
    began, losses, seen = time.monotonic(), [], 0
    for step, batch in enumerate(batches[first:], first + 1):
        ids, types, mask, starts, ends = (tensor.to(device) for tensor in tensors(batch))
        with torch.autocast(device, dtype=torch.bfloat16):
            found = model(input_ids=ids, token_type_ids=types, attention_mask=mask)
        loss = sum(
            torch.nn.functional.cross_entropy(logits.float().masked_fill(mask == 0, -1e4), wanted)
            for logits, wanted in ((found.start_logits, starts), (found.end_logits, ends))
        )
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        schedule.step()
        optimiser.zero_grad(set_to_none=True)
        losses.append(loss.item())
        seen += len(batch)
        if step % 20 == 0:
            pace = seen / (time.monotonic() - began)
            log.info("batch %d of %d, loss %.3f, %.1f examples/s", step, len(batches), np.mean(losses[-50:]), pace)
        if step % _SAVE_EVERY == 0:
            state = {"model": model.state_dict(), "optimiser": optimiser.state_dict()}
            torch.save({**state, "schedule": schedule.state_dict(), "step": step}, checkpoint.with_suffix(".part"))
            checkpoint.with_suffix(".part").replace(checkpoint)


def tensors(batch: Sequence[Encoded]) -> Iterator[torch.Tensor]:
    """ids, token types, mask, start and end positions."""
    shape = (len(batch), max(len(ids) for ids, *_ in batch))
    ids, types, mask = (np.zeros(shape, np.int64) for _ in range(3))
    for row, (tokens, opened, _, _) in enumerate(batch):
        ids[row, : len(tokens)] = tokens
        types[row, opened : len(tokens)] = 1
        mask[row, : len(tokens)] = 1
    yield from (torch.from_numpy(array) for array in (ids, types, mask))
    yield torch.tensor([start for _, _, start, _ in batch])
    yield torch.tensor([end for _, _, _, end in batch])


if __name__ == "__main__":
    main()
