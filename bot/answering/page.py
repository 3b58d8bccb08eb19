"""Facts of the page: when, where and by whom an article was published, in the page's own words."""

from bot.answering.questions import Asked
from bot.answering.types import Draft, Selection
from retrieval.bylines import find_date
from retrieval.types import Article, Kind, Paragraph, Sentence

_PAGE_KINDS = {
    "published": (Kind.IMPRINT, Kind.DATE, Kind.BYLINE), "publication": (Kind.IMPRINT, Kind.HEADLINE), "authors": (Kind.BYLINE,),
    "headline": (Kind.HEADLINE, Kind.IMPRINT), "standfirst": (Kind.STANDFIRST, Kind.HEADLINE), "agencies": (Kind.AGENCIES,), "caption": (Kind.CAPTION,), "credit": (Kind.CAPTION,),
}  # fmt: skip
_NAMES = {"published": "publication date", "authors": "author", "agencies": "news agency", "credit": "photo credit"}


def of_the_page(asked: Asked, article: Article) -> Draft:
    """What the page says of itself, in its own words."""
    value = getattr(article, asked.detail) or (article.headline if asked.detail == "standfirst" else "")
    for kind in _PAGE_KINDS[asked.detail]:
        for paragraph in article.paragraphs:
            whole_line = asked.detail == "credit" or (asked.detail == "publication" and kind is Kind.HEADLINE)
            end = _line_end(article, paragraph) if whole_line else paragraph.end
            if paragraph.kind is kind and value and _says(article.text[paragraph.start : end], value):
                return Draft((Selection(article, Sentence(paragraph.number, paragraph.start, end)),), "", 1.0)
    return Draft(reason=f"The page of “{article.title}” does not give its {_NAMES.get(asked.detail, asked.detail)}.")


def _line_end(article: Article, paragraph: Paragraph) -> int:
    """Where the paragraph's line stops, the credit or publication after it included."""
    end = article.text.find("\n\n", paragraph.start)
    return end if end >= 0 else len(article.text)


def _says(text: str, value: object) -> bool:
    if isinstance(value, tuple):
        return any(part in text for part in value)
    return str(value) in text if isinstance(value, str) else find_date(text) == value
