# make chat: everything from nothing to a conversation. make test: everything from nothing to passing checks.
# make slack: the same as chat, in Slack (docs/slack.md).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The Slack that the end-to-end tests run against; without npm they are skipped, and say so.
LOCAL_SLACK := $(VENV)/.local-slack

.PHONY: chat slack ask test check format docs clean

chat: $(STAMP)
	@$(BIN)/byline chat --samples articles

slack: $(STAMP)
	@$(BIN)/byline slack --samples articles

ask: $(STAMP)
	@$(BIN)/byline ask --samples articles "$$Q"
ask: export Q := $(value Q)

test: check

check: $(STAMP) $(LOCAL_SLACK)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest
	$(BIN)/python -m tests.slack_e2e

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: $(STAMP)
	$(BIN)/python -m tests.cli_reference > docs/cli.md

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Byline needs Python 3.11 or newer; set PYTHON=python3.12, say."; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev]"
	@touch $@

$(LOCAL_SLACK): $(STAMP)
	@mkdir -p $(VENV)/local-slack
	@npm install --prefix $(VENV)/local-slack --ignore-scripts --no-audit --no-fund --save-exact --silent \
		local-slack-linux-x64@0.1.8 || echo "local-slack could not be installed: the end-to-end tests of Slack are skipped."
	@touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
