"""From an article's location to ranked, quotable passages. Knows no chat model and no user interface."""
