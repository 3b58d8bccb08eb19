"""Question and turns → an answer whose every quote is verbatim, or a decline."""
