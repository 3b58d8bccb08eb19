"""The SQL side: questions with their answers, threads, feedback, and which events were already handled.

A question's row is its place in the queue, the proof that it was received, and the turn of its conversation: one
row, written before Slack is told that the event arrived, so that neither a killed process nor a second delivery
loses or doubles it.
"""

from bot.conversations.opening import open_conversations
from bot.conversations.store import Conversations
from bot.conversations.types import Question, State, Thread

__all__ = ["Conversations", "Question", "State", "Thread", "open_conversations"]
