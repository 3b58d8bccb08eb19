"""A person at the page: types a mention, reads the answer, opens its proof."""

import os
from pathlib import Path

import pytest

from tests.slack_e2e.bot import Bot
from tests.slack_e2e.browser import CHROMIUM, Browser
from tests.slack_e2e.local_slack import LocalSlack, wait_for


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine (Debian: apt-get install chromium)")
def test_a_person_types_a_mention_and_sees_the_answer_and_its_proof(slack: LocalSlack, folder: Path) -> None:
    # straight to the server, which has neither streams nor statuses: the plainest Slack there is
    with Bot(folder, f"{slack.url}/api/") as bot, Browser(folder) as page:
        bot.start("--samples", "articles")
        page.open(slack.url)
        wait_for(lambda: page.run("!!document.querySelector('textarea')"))
        page.run("[...document.querySelectorAll('button')].find(e => e.innerText.includes('news')).click()")
        page.run("document.querySelector('textarea').focus()")
        page.type("<@U_BYLINE> what did Yang Jiechi say about the South China Sea?")
        page.press_enter()
        wait_for(lambda: page.click("1 reply"))
        wait_for(lambda: "keep out of" in page.text())
        wait_for(lambda: page.click("Show proof"))
        wait_for(lambda: "paragraph 15 of" in page.text())
        bold = page.run("[...document.querySelectorAll('strong, b')].map(e => e.innerText).join(' | ')")
        assert "keep out of disputes" in bold
        if kept := os.environ.get("SCREENSHOTS"):
            page.screenshot(Path(kept) / "proof.png")
