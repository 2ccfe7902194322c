"""Cyfarfod: which safeguarding meeting to arrange in Wales, with whom and by when."""
