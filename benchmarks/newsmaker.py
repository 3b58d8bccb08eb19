"""Made-up news articles, the same for the same seed: something to search when no real ones may be shipped."""

import random
from pathlib import Path

_FIRST = "Ann Bo Cleo Dag Elif Femi Greta Hugo Ines Jonas Kira Liam Mona Nils Odile Pavel Rosa Sven Tala Ugo Vera Wim Yara Zeno".split()
_LAST = "Abara Berg Castro Dahl Eklund Farouk Grau Holm Ito Jensen Kovac Lund Moreau Nkosi Okoye Petrov Quist Rossi Silva Tamm".split()
_PLACES = "Gullhaven Larkford Norby Ossby Eastmoor Tarnwick Sorrel Bramley Quayside Halvik Ridgeton Marsh Fenwick Port Elm".split()
_ROLES = (
    "mayor",
    "harbour master",
    "union leader",
    "finance chief",
    "engineer",
    "school principal",
    "police spokesman",
)
_THINGS = "bridge ferry tram library hospital reservoir orchard stadium tunnel school harbour museum market road airport dam".split()
_ACTS = (
    "close",
    "reopen",
    "rebuild",
    "sell",
    "inspect",
    "double",
    "flood",
    "light",
    "insure",
    "repaint",
    "measure",
    "rename",
)
_TOPICS = "cost safety noise delay staff traffic rain tickets taxes power water housing tourism pollution insurance training".split()
_VIEWS = (
    "could not wait",
    "was a mistake",
    "would pay for itself",
    "had been settled",
    "needed another look",
    "came too late",
)


def make_article(rng: random.Random) -> tuple[str, str, str]:
    """The text of a page, and a speaker with a topic they speak of in it."""
    place, thing = rng.choice(_PLACES), rng.choice(_THINGS)
    people = [f"{rng.choice(_FIRST)} {rng.choice(_LAST)}" for _ in range(4)]
    headline = f"{place} to {rng.choice(_ACTS)} its {thing} after {rng.randint(2, 40)} years"
    day = f"{rng.randint(1, 28)} {rng.choice(('March', 'June', 'October'))} {rng.randint(2001, 2025)}"
    lines = [headline, day, f"{place.upper()} - The council decided to {rng.choice(_ACTS)} the {thing} on Monday."]
    topic = rng.choice(_TOPICS)
    lines.append(f"The {rng.choice(_ROLES)}, {people[0]}, said the {topic} of the {thing} {rng.choice(_VIEWS)}.")
    for _ in range(18):
        person, other = rng.choice(people), rng.choice(_TOPICS)
        amount = rng.randint(2, 900)
        lines.append(
            rng.choice(
                (
                    f'"The {other} {rng.choice(_VIEWS)}, and {amount} people in {place} know it," {person} said on Tuesday.',
                    f"{person} told reporters that {amount} workers would {rng.choice(_ACTS)} the {rng.choice(_THINGS)} next year, "
                    f"and that the question of {other} {rng.choice(_VIEWS)}. Nobody at the meeting in {rng.choice(_PLACES)} disagreed.",
                    f"Some {amount} letters about {other} reached the town hall of {place}, more than in any year since {rng.randint(1950, 2000)}. "
                    f"Most asked what would become of the {rng.choice(_THINGS)} while the work went on.",
                )
            )
        )
    return "\n\n".join(lines), people[0], f"{topic} of the {thing}"


def make_articles(folder: Path, count: int, seed: int = 7) -> list[str]:
    """Write `count` pages to `folder`; return as many questions: words, facts, and what no page tells."""
    rng = random.Random(seed)
    folder.mkdir(parents=True, exist_ok=True)
    questions = []
    for number in range(count):
        page, speaker, topic = make_article(rng)
        (folder / f"{number:05}.txt").write_text(page, encoding="utf-8")
        headline = page.split("\n", 1)[0]
        kinds = (
            f"what did {speaker} say about the {topic}?",
            f"how many letters about {rng.choice(_TOPICS)} reached the town hall of {headline.split()[0]}?",
            f"which colour did the king of Norway choose for the {headline.split()[-4]}?",
        )
        questions.append(kinds[number % 3])
    return questions
