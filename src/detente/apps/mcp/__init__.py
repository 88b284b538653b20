"""The ledger for assistants: tools of the Model Context Protocol that answer with records and their evidence."""
