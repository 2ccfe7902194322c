"""Mails from a meeting request, in both languages. Needs no Flask: every way in can render."""
