"""Byline against a local Slack server, in a network namespace of its own: `python -m tests.slack_e2e`."""
