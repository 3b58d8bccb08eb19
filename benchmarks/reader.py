"""The span reader on SQuAD 2.0 with the gold paragraph given: `python -m benchmarks.reader SQUAD.json [--reader NAME]`.

As Byline reads: the paragraph once, and its best sentence once more closely, after the sentence before it. HasAns F1 and
EM of the best span in that sentence over answerable questions, sentence hit (it holds an accepted answer), AUROC for
answerability of both readings' log odds, weighed as Byline weighs them, and F1 at the best threshold over all. Intervals by
bootstrap over questions.
"""

import argparse
import json
import time
from collections import defaultdict
from pathlib import Path

from bot.evaluation import intervals, metrics
from bot.evaluation.datasets import open_dataset, sampled
from retrieval.contexts import read_closely
from retrieval.reader import load_calibration
from retrieval.sentences import split_sentences
from retrieval.span_reader import BUNDLED_READER, OnnxReader, load_reader


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("squad", type=Path)
    parser.add_argument("--reader", default=BUNDLED_READER, help="as READER_MODEL, or an .onnx file")
    parser.add_argument("--limit", type=int, default=0, help="only so many questions, drawn with a fixed seed")
    arguments = parser.parse_args()
    reader = OnnxReader(Path(arguments.reader)) if arguments.reader.endswith(".onnx") else load_reader(arguments.reader)
    assert reader is not None
    weights = load_calibration()["spans"]["support"]
    dataset = open_dataset(arguments.squad)
    paragraph = {document.id: document.text for document in dataset.documents}
    home = _paragraphs(arguments.squad)
    figures: dict[str, list[float]] = defaultdict(list)
    scores, answerable, answered, declined = [], [], [], []
    began = time.perf_counter()
    asked = sampled(dataset, arguments.limit).questions
    for question in asked:
        text = paragraph[home[question.id]]
        sentences = list(split_sentences(text))
        spans = reader.read(question.text, [text], [sentences])[0]
        best = max(range(len(spans)), key=lambda i: spans[i].score)
        words = text[spans[best].start : spans[best].end]
        begins = sentences[max(0, best - 1)][0]
        lead, sentence = text[begins : sentences[best][0]], text[slice(*sentences[best])]
        close = read_closely(question.text, [lead], [sentence], reader)[0]
        scores.append(weights["span"] * spans[best].score + weights["close"] * close)
        answerable.append(bool(question.answerable))
        answered.append(metrics.token_f1(words, question.answers) if question.answerable else 0.0)
        declined.append(0.0 if question.answerable else 1.0)
        if question.answerable:
            figures["HasAns F1"].append(answered[-1])
            figures["HasAns EM"].append(metrics.exact_match(words, question.answers))
            held = metrics.plain(sentence)
            figures["sentence hit"].append(float(any(metrics.plain(a) in held for a in question.answers)))
    seconds = time.perf_counter() - began
    print("| figure | value | 95 % interval | questions |\n|---|---|---|---|")
    for name, values in figures.items():
        e = intervals.estimate(values)
        print(f"| {name} | {e.value:.3f} | {e.low:.3f} to {e.high:.3f} | {e.count} |")
    print(f"| answerability AUROC | {metrics.auroc(scores, answerable):.3f} | | {len(asked)} |")
    threshold, best_f1 = metrics.best_threshold(scores, answered, declined)
    print(f"| F1 at the best threshold ({threshold:.2f}) | {best_f1:.3f} | | {len(asked)} |")
    print(f"\n{seconds / len(asked) * 1000:.1f} ms a question")


def _paragraphs(path: Path) -> dict[str, str]:
    """Question id → document id, for unanswerable questions too."""
    return {
        asked["id"]: f"{article['title']}/{number}"
        for article in json.loads(path.read_text("utf-8"))["data"]
        for number, held in enumerate(article["paragraphs"])
        for asked in held["qas"]
    }


if __name__ == "__main__":
    main()
