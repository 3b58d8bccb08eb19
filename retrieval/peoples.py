"""Countries, their peoples and their capitals: one word for "China", "Chinese" and "Beijing".

News copy names a government by any of the three; a question by another.
"""

_COUNTRIES = {
    "china": "chinese beijing", "u.s": "american washington america", "u.k": "british britain london",
    "russia": "russian moscow kremlin", "japan": "japanese tokyo", "france": "french paris", "germany": "german berlin",
    "india": "indian delhi", "singapore": "singaporean", "australia": "australian canberra", "canada": "canadian ottawa",
    "israel": "israeli", "iran": "iranian tehran", "korea": "korean seoul", "italy": "italian rome", "spain": "spanish madrid",
    "philippines": "philippine filipino manila", "vietnam": "vietnamese hanoi", "indonesia": "indonesian jakarta",
    "malaysia": "malaysian", "thailand": "thai bangkok", "pakistan": "pakistani", "ukraine": "ukrainian kyiv",
    "turkey": "turkish ankara", "brazil": "brazilian", "mexico": "mexican", "ireland": "irish dublin", "scotland": "scottish",
    "wales": "welsh", "netherlands": "dutch", "sweden": "swedish", "norway": "norwegian", "denmark": "danish",
    "poland": "polish", "greece": "greek", "egypt": "egyptian", "nigeria": "nigerian", "kenya": "kenyan", "eu": "european",
}  # fmt: skip
_COUNTRY_OF = {other: country for country, others in _COUNTRIES.items() for other in others.split()}


def country_of(word: str) -> str:
    """The country that a lower-case word stands for, or the word itself."""
    return _COUNTRY_OF.get(word, word)


def is_country(word: str) -> bool:
    """Whether a lower-case word is a country as `country_of` gives it."""
    return word in _COUNTRIES
