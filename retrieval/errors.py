"""Everything that `retrieval` raises on purpose.

RetrievalError
├── SourceError            a location that cannot be read
├── ParseError             bytes that are not an article
├── EmbeddingModelError    a model that is missing or cannot be loaded
├── ReaderModelError       a reader that is missing or cannot be loaded
└── LibraryError           the Chroma library cannot be used as asked
    ├── LibraryLocked      another process holds the embedded library
    ├── ModelMismatch      built with another embedding model
    ├── StorageFull        the disk took no more
    └── UnknownArticle     no article has that id

Every message names the thing, the value and the next step, in one sentence a user can act on.
"""


class RetrievalError(Exception):
    """Base of the tree."""


class SourceError(RetrievalError):
    """A location that cannot be read."""


class ParseError(RetrievalError):
    """Bytes that are not an article in a format Byline reads."""


class EmbeddingModelError(RetrievalError):
    """An embedding model that is missing or cannot be loaded."""


class ReaderModelError(RetrievalError):
    """A reader model that is missing or cannot be loaded."""


class LibraryError(RetrievalError):
    """The library cannot be used as asked."""


class LibraryLocked(LibraryError):
    """Another process holds the embedded library."""


class ModelMismatch(LibraryError):
    """The library was built with another embedding model."""


class StorageFull(LibraryError):
    """The disk took no more; what was being added is absent, the rest is untouched."""


class UnknownArticle(LibraryError):
    """No article has that id."""
