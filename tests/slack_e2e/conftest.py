"""A server, a proxy and a bot for each test module; the library is the samples and two private articles."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.slack_e2e.bot import Bot
from tests.slack_e2e.local_slack import LocalSlack, missing
from tests.slack_e2e.proxy import Proxy

pytestmark = pytest.mark.skipif(bool(missing()), reason=missing())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents and missing():
            item.add_marker(pytest.mark.skip(reason=missing()))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("slack")


@pytest.fixture(scope="module")
def slack(folder: Path) -> Iterator[LocalSlack]:
    with LocalSlack(folder) as running:
        yield running


@pytest.fixture(scope="module")
def proxy(slack: LocalSlack) -> Iterator[Proxy]:
    with Proxy(slack.url) as running:
        yield running


@pytest.fixture(scope="module")
def bot(folder: Path, proxy: Proxy) -> Iterator[Bot]:
    with Bot(folder, proxy.api) as running:
        yield running.start("--samples", "articles")


@pytest.fixture(autouse=True)
def _clean(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if "proxy" in request.fixturenames:
        proxy: Proxy = request.getfixturevalue("proxy")
        proxy.faults.clear()
        proxy.duplicate = False
