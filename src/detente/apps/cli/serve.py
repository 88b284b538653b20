"""`detente serve`: the pages in a browser."""

import contextlib
import getpass
import socket
import sys
import threading
import webbrowser
from typing import Annotated

import typer

from detente.apps.cli.console import answer
from detente.apps.cli.options import Folder
from detente.errors import UsageError
from detente.workspace import open_workspace

NAME = "serve"
PORT = 8765
HOST = "127.0.0.1"
LAST_PORT = 65535
UNTIL_READY = 1.0  # seconds after which the pages answer
GRACE = 5  # seconds that requests under way are waited for
KEPT_OPEN = 75  # seconds for which a reader who looks at a page finds the line still open


def command(
    port: Annotated[int, typer.Option(min=1, max=LAST_PORT, help="The port to listen on.")] = PORT,
    host: Annotated[str, typer.Option(help="The address to listen on; another than this needs --behind-proxy.")] = HOST,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="A proxy logs users in and sends their names; no token then.")
    ] = False,
    user_header: Annotated[
        str, typer.Option(help="The header in which the proxy sends the user's name.")
    ] = "X-Forwarded-User",
    no_open: Annotated[bool, typer.Option("--no-open", help="Do not open a browser.")] = False,
    workspace: Folder = None,
) -> None:
    """Show brief, issues, agenda, timeline, index, evidence and review as pages in a browser, on this machine alone."""
    import uvicorn

    from detente.apps.web.access import Access
    from detente.apps.web.app import create_app

    opened = open_workspace(workspace)
    access = Access(
        host=host,
        port=port,
        behind_proxy=behind_proxy,
        user_header=user_header,
        user="" if behind_proxy else opened.settings.decided_by or getpass.getuser(),
    )
    listening = _listen(host, port)
    answer(f"Open {access.address}\nStop with Ctrl+C.\n")
    sys.stdout.flush()  # it goes on: whoever reads the address from a pipe must not wait
    if not no_open and not behind_proxy:
        threading.Timer(UNTIL_READY, webbrowser.open, (access.address,)).start()
    config = uvicorn.Config(
        create_app(opened, access),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=GRACE,
        timeout_keep_alive=KEPT_OPEN,
        h11_max_incomplete_event_size=64_000,
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = str(error.strerror).partition(" (")[0]  # Python adds the address in brackets
        raise UsageError(
            f"Port {port} of {host} cannot be used: {reason}.",
            hint=f"A desk may be open there already. Choose another port: --port {port % LAST_PORT + 1}",
        ) from error
