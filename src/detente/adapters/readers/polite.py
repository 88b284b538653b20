"""Asking servers as a good guest: what robots.txt allows, with pauses, and again after trouble that may pass."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from detente.adapters.readers.web import Allowed, Answer, RefusedError, check_address, fetch, is_public

NAME = "detente"  # by which robots.txt may call it
PAUSE = 2.0  # seconds between two requests to a host
LONGEST_PAUSE = 30.0  # that a robots.txt may ask for
WAITS = (5.0, 20.0)  # seconds before asking again after trouble that may pass
LONGEST_WAIT = 120.0  # that a server may ask for
ALLOWED_WITHOUT_RULES = range(400, 500)  # what a server without robots.txt answers (RFC 9309)


@dataclass(slots=True)
class Guest:
    """Who asks. `allowed` says which IP addresses may be asked; the clock and the waiting can be others in tests."""

    allowed: Allowed = is_public
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _rules: dict[str, RobotFileParser] = field(default_factory=dict)  # by scheme and host
    _asked: dict[str, float] = field(default_factory=dict)  # when each host was asked last

    def fetch(self, address: str, conditions: Mapping[str, str] | None = None) -> Answer:
        """What stands at an address; raises RefusedError, also where robots.txt asks to keep away."""
        rules = self._rules_for(address)
        if not rules.can_fetch(NAME, address):
            raise RefusedError("the robots.txt of its host asks to keep away")
        delay = rules.crawl_delay(NAME)
        return self._ask(address, min(max(PAUSE, float(delay or 0)), LONGEST_PAUSE), conditions)

    def forget_rules(self) -> None:
        """Asks for every robots.txt anew from here on."""
        self._rules.clear()

    def _rules_for(self, address: str) -> RobotFileParser:
        check_address(address)
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self._rules:
            rules = RobotFileParser()
            try:
                told = self._ask(f"{host}/robots.txt", PAUSE).data or b""
            except RefusedError as error:
                if error.status not in ALLOWED_WITHOUT_RULES:
                    raise  # who cannot say what is allowed is not asked for more
                told = b""
            try:
                rules.parse(told.decode("utf-8", "replace").splitlines())
            except ValueError as error:
                raise RefusedError("the robots.txt of its host is damaged") from error
            self._rules[host] = rules
        return self._rules[host]

    def _ask(self, address: str, pause: float, conditions: Mapping[str, str] | None = None) -> Answer:
        """The answer, after the pause; asked again after trouble that may pass."""
        host = urlsplit(address).netloc
        for wait in (*WAITS, None):
            self._pause(host, pause)
            try:
                return fetch(address, self.allowed, conditions)
            except RefusedError as error:
                if wait is None or not error.may_pass:
                    raise
                self.sleep(min(max(wait, error.wait or 0), LONGEST_WAIT))
            finally:
                self._asked[host] = self.now()
        raise AssertionError  # the last of the waits returns or raises

    def _pause(self, host: str, pause: float) -> None:
        left = self._asked.get(host, float("-inf")) + pause - self.now()
        if left > 0:
            self.sleep(left)
