"""The Slack door: events in, `Assistant.ask`, blocks out. Nothing outside this package knows Slack."""
