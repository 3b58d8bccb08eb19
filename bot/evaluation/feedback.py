"""Answers that people called bad, as the lines of a question set that its owner completes."""

from typing import Any

from bot.conversations import Conversations


async def disliked(conversations: Conversations) -> list[dict[str, Any]]:
    """The fields of each question rated down, oldest rating first, as `datasets` reads them: `given` is the answer it
    got, `note` why people disliked it. A follow-up comes after the questions of its thread, which are not judged.
    """
    reasons: dict[tuple[str, str, str], list[str]] = {}
    for rating in await conversations.ratings():
        if not rating["good"]:
            key = (rating["team"], rating["channel"], rating["question"])
            reasons.setdefault(key, []).append(rating["reason"])
    lines: dict[tuple[str, str, str], dict[str, Any]] = {}
    for key, given in reasons.items():
        question = await conversations.find(key)
        if question is None or question.answer is None:
            continue
        thread = "/".join((question.team, question.channel, question.thread))
        before = await conversations.turns(question.team, question.channel, question.thread, question.ts)
        for turn in (*before, question):
            line = {"id": "/".join(turn.key), "question": turn.text, "conversation": thread if before else ""}
            lines.setdefault(turn.key, line)
        lines[key] |= {
            "kind": "feedback",
            "given": str(question.answer.get("text", "")),
            "note": " / ".join(reason for reason in given if reason),
        }
    return list(lines.values())
