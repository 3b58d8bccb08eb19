"""A process that adds a folder to a library: `python -m tests.integration.adding HOME FOLDER`, made to be killed."""

import sys
from pathlib import Path

from retrieval.chunking import Chunking
from retrieval.ingestion import IngestionPipeline
from retrieval.store import open_store
from tests.fakes import HashEmbeddings


def add(home: str, folder: str) -> None:
    with open_store(Path(home), "", HashEmbeddings.name) as store:
        pipeline = IngestionPipeline(store, HashEmbeddings(), Chunking(), max_bytes=1_000_000)
        print("adding", flush=True)
        pipeline.run([folder], lambda item: print(item.outcome, flush=True))
    print("finished", flush=True)


if __name__ == "__main__":
    add(*sys.argv[1:])
