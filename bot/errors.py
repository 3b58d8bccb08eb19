"""What `bot` raises on purpose.

BylineError
├── DatasetError         a question set, a run or a report that cannot be read or written
├── QuestionError        a question that cannot be asked
├── ConversationsError   the database of conversations cannot be used
└── SettingsError        a setting that cannot be used
"""


class BylineError(Exception):
    """Base of the tree; the message names the thing, the value and the next step."""


class QuestionError(BylineError):
    """A question that cannot be asked."""


class DatasetError(BylineError):
    """A question set, a run or a report that cannot be read or written."""


class SettingsError(BylineError):
    """A setting that cannot be used."""


class ConversationsError(BylineError):
    """The database of conversations cannot be used."""
