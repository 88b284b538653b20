"""The steps from each released schema to the next; run by the store when it opens a ledger."""
