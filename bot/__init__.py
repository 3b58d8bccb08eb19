"""Byline's doors and answers. Importing it loads nothing heavy; `bot.bootstrap` builds the parts."""
