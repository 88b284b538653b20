"""`detente serve` as it is typed: it tells an address, answers there, and ends when it is asked to."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from detente.workspace import init_workspace

PORT = 18765


def test_it_tells_an_address_and_answers_there(tmp_path):
    init_workspace(tmp_path / "desk", [("USA", "CHN")]).close()
    command = [sys.executable, "-m", "detente", "serve", "--no-open", "--port", str(PORT)]
    served = subprocess.Popen(command, cwd=tmp_path / "desk", stdout=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://\S+", served.stdout.readline())[0]
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        page = ""
        for _ in range(200):
            try:
                page = opener.open(address, timeout=5).read().decode()
                break
            except urllib.error.URLError:
                served.poll()
                assert served.returncode is None
                time.sleep(0.1)
        assert "Nothing has been read yet" in page
    finally:
        served.send_signal(signal.SIGINT)
        assert served.wait(timeout=20) in (0, 130, -signal.SIGINT)


def test_another_address_is_refused_without_a_proxy(tmp_path):
    init_workspace(tmp_path / "desk", [("USA", "CHN")]).close()
    command = [sys.executable, "-m", "detente", "serve", "--no-open", "--host", "0.0.0.0"]
    done = subprocess.run(command, cwd=tmp_path / "desk", capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "--behind-proxy" in done.stderr


def test_a_port_that_is_taken_is_told(tmp_path):
    init_workspace(tmp_path / "desk", [("USA", "CHN")]).close()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "detente", "serve", "--no-open", "--port", str(port)]
        done = subprocess.run(command, cwd=tmp_path / "desk", capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Port {port} of 127.0.0.1 cannot be used: Address already in use. A desk may be open" in done.stderr
