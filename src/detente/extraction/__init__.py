"""Attribution, factuality and voice, then the six kinds of record."""
