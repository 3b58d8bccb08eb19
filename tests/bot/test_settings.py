import re
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import Settings, load_settings
from tests.conftest import ROOT


@pytest.mark.parametrize(
    ("name", "value"), [("MIN_SUPPORT", "3"), ("TOP_K", "many"), ("PASSAGE_CHARS", "5"), ("MAX_FILE_MB", "-1")]
)
def test_a_bad_setting_is_named_with_its_value_and_meaning(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=rf"{name} is '{re.escape(value)}'.*\.env"):
        load_settings()


def test_a_home_under_the_users_own_is_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BYLINE_HOME", "~/byline-of-a-test")
    assert load_settings().byline_home == Path.home() / "byline-of-a-test"


def test_a_dotenv_file_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("TOP_K=3\nUNRELATED=1\n")
    monkeypatch.chdir(tmp_path)
    assert load_settings().top_k == 3


def test_the_example_lists_every_setting_with_its_default_and_nothing_else() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    listed = dict(match.groups() for line in lines if (match := re.fullmatch(r"# ([A-Z0-9_]+)=(.*)", line)))
    paths = ("byline_home", "byline_cache")
    assert listed == {
        name.upper(): "" if name in paths else str(field.default) for name, field in Settings.model_fields.items()
    }
