"""Records as JSON Lines, the same everywhere: what the schema says, nothing left out."""

import json

from detente.adapters.exporters.account import Account, encoded


def write(account: Account) -> bytes:
    """One record a line, in the order of the happenings; `detente.records.record_from_dict` reads it again."""
    lines = (json.dumps(record.to_dict(), ensure_ascii=False, sort_keys=True) for _, record in account.records)
    return encoded("".join(f"{line}\n" for line in lines))
