"""`detente mcp`: the ledger for assistants, over standard input and output."""

import importlib.util

from detente.apps.cli.options import Folder
from detente.errors import UsageError
from detente.workspace import open_workspace

NAME = "mcp"


def command(workspace: Folder = None) -> None:
    """Answer an assistant's questions with records and their evidence (Model Context Protocol, over standard input)."""
    if importlib.util.find_spec("mcp") is None:
        raise UsageError("The SDK of the protocol is not installed.", hint="Install the extra: detente[mcp]")
    open_workspace(workspace).close()  # a wrong folder is told before the assistant asks
    from detente.apps.mcp.server import make_server

    make_server(workspace).run("stdio")
