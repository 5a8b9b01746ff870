"""A real server under hostile uploads and guesses: refused fast, while others are still answered."""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from cecto.credentials import codes

GUESSES = 10_000
FAST_SECONDS = 2.0


def _status_list_bomb() -> bytes:
    """A status list credential whose bits unpack to 300 MB."""
    packed = base64.urlsafe_b64encode(gzip.compress(bytes(300_000_000))).decode().rstrip("=")
    subject = {"type": "BitstringStatusList", "statusPurpose": "revocation", "encodedList": f"u{packed}"}
    return json.dumps({"type": ["BitstringStatusListCredential"], "credentialSubject": subject}).encode()


# Blank nodes that all look alike: a kilobyte whose canonical form takes factorial time.
CLIQUE = ", ".join(
    f'{{"@id": "_:b{a}", "https://x.example/p": {{"@id": "_:b{b}"}}}}' for a in range(4) for b in range(4)
)
HOSTILE = {
    "a JSON-LD bomb of a kilobyte": f'{{"@graph": [{CLIQUE}]}}'.encode(),
    "JSON nested 100,000 deep": b"[" * 100_000,
    "a PDF of 50 MB": b"%PDF-1.7\n" + bytes(50_000_000),
    "a zip-bombed status list": _status_list_bomb(),
    "a PDF with a zip-bombed attachment": b"%PDF-1.7\n/Type/EmbeddedFile>>stream\n"
    + zlib.compress(bytes(500_000_000), 9),
    "a picture of 50 MB": b"\x89PNG\r\n\x1a\n" + bytes(50_000_000),
}


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = _free_port()
    home = str(tmp_path_factory.mktemp("home"))
    surroundings = {**os.environ, "CECTO_HOME": home, "DATABASE_URL": "", "PORT": str(port)}
    subprocess.run([sys.executable, "-m", "cecto", "init"], env=surroundings, check=True, capture_output=True)
    server = subprocess.Popen([sys.executable, "-m", "cecto", "serve"], env=surroundings)
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        server.wait(30)


def _answering(address: str) -> str:
    for _ in range(120):
        try:
            urllib.request.urlopen(f"{address}/verify/", timeout=5).close()
        except OSError:
            time.sleep(0.5)
        else:
            return address
    raise AssertionError("the server did not start")


def status(request: urllib.request.Request | str) -> int:
    """The status of the answer; a server that hangs up on a body beyond its limit counts as 413."""
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except (urllib.error.URLError, ConnectionError):
        return 413


def upload(site: str, content: bytes) -> urllib.request.Request:
    """A form with the file, as a browser sends it."""
    with urllib.request.urlopen(f"{site}/verify/", timeout=30) as page:
        cookie, html = page.headers["Set-Cookie"].partition(";")[0], page.read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
    assert token
    boundary = "cecto-boundary"
    fields = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token[1]}\r\n'
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="x"\r\n\r\n'
    )
    body = fields.encode() + content + f"\r\n--{boundary}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Cookie": cookie,
        "Referer": f"{site}/verify/",
    }
    return urllib.request.Request(f"{site}/verify/", data=body, headers=headers, method="POST")


@pytest.mark.proof
@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_hostile_files_are_refused_fast(site: str, content: bytes) -> None:
    request = upload(site, content)
    started = time.perf_counter()
    answered = status(request)
    assert time.perf_counter() - started < FAST_SECONDS
    assert answered in (200, 413, 422)
    assert status(f"{site}/issuer.json") in (200, 404)


@pytest.mark.proof
def test_ten_thousand_guesses_are_slowed_while_other_pages_answer(site: str) -> None:
    waits, answers = [], []
    with ThreadPoolExecutor(8) as guessers:
        asked = [guessers.submit(status, f"{site}/verify/{codes.new()}") for _ in range(GUESSES)]
        while not all(one.done() for one in asked):
            started = time.perf_counter()
            assert status(f"{site}/accounts/login/") in (200, 302, 404)
            waits.append(time.perf_counter() - started)
            time.sleep(0.25)
        answers = [one.result() for one in asked]
    assert answers.count(429) > GUESSES * 0.9
    assert set(answers) <= {404, 429}
    assert sorted(waits)[int(len(waits) * 0.95)] < FAST_SECONDS
