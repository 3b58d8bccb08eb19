import json
from dataclasses import replace

from bot.answering.records import to_record, to_turn
from bot.answering.types import Answer, Citation
from retrieval.errors import UnknownArticle
from retrieval.types import Article
from tests.fakes import article_from

WEIR = article_from("Old weir gives way\n\nThe weir gave way.")
QUOTE = "The weir gave way."
AT = WEIR.text.index(QUOTE)
ANSWER = Answer("what fell?", "what fell?", f"{QUOTE} [1]", False, (Citation(1, WEIR, 2, AT, AT + 18, QUOTE, None),))


def test_an_answer_comes_back_from_its_record_with_its_citations() -> None:
    turn = to_turn(json.loads(json.dumps(to_record(ANSWER))), lambda id_: WEIR)
    assert turn.answer.citations == ANSWER.citations
    assert (turn.question, turn.answer.text, turn.answer.declined) == (ANSWER.question, ANSWER.text, False)


def test_what_no_longer_stands_in_the_library_is_not_quoted() -> None:
    def gone(article_id: str) -> Article:
        raise UnknownArticle("gone")

    changed = replace(WEIR, text=WEIR.text.replace("weir gave", "dam gave"))
    assert to_turn(to_record(ANSWER), gone).answer.citations == ()
    assert to_turn(to_record(ANSWER), lambda id_: changed).answer.citations == ()
