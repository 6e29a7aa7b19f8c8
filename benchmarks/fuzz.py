"""Fuzz what reads bytes, led by coverage: `python -m benchmarks.fuzz [--minutes N] [--target NAME]`.

Needs the extra `fuzz`. Each target has a process of its own and its share of the time; the samples are the seeds.
An input that breaks a promise is written to `--found` and ends its target with what it raised. Exit code 1 then.
"""

from __future__ import annotations

import argparse
import gzip
import io
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import atheris

with atheris.instrument_imports(include=["transforms"]):
    from transforms.articles import articles
    from transforms.blocks import blocks
    from transforms.decoding import decode
    from transforms.documents import documents
    from transforms.fingerprints import fingerprints
    from transforms.readers import warc
    from transforms.readers.record import HTML, PLAIN
    from warehouse import schema

SAMPLES = Path(__file__).parents[1] / "samples"
LONGEST = 20_000
SECONDS_AN_INPUT = 30
MEGABYTES = 4_096


def fuzz_decode(content: bytes) -> None:
    """Bytes are text that can be written again, or refused with ValueError."""
    name, _, rest = content.partition(b"\n")
    try:
        text = decode(rest, name.decode("latin-1") or None).text
    except ValueError:
        return
    require(text.encode().decode() == text, "a text that cannot be written")


def fuzz_text(content: bytes) -> None:
    """A plain text goes through the clean phase."""
    clean(content, PLAIN)


def fuzz_html(content: bytes) -> None:
    """A page goes through the clean phase."""
    clean(content, HTML)


def fuzz_warc(content: bytes) -> None:
    """Records of an archive have content or a reason."""
    for record in warc.read(io.BytesIO(content), 100_000):
        require((record.content is None) != (record.reason is None), "neither content nor a reason")


def clean(content: bytes, media_type: str) -> None:
    """Run the clean phase over one document; what it copies unchanged stands so in the raw text."""
    row = {"article_id": "a", "uri": "a", "media_type": media_type, "content": content}
    read = documents(schema.RECORDS.rows([row]))
    lines = blocks(read)
    made = articles(read, lines)
    fingerprints(made, lines)
    for article in made.to_pylist():
        raw_text = read["raw_text"][0].as_py()
        for segment in article["segments"]:
            text = article["text"][segment["text_start"] : segment["text_end"]]
            raw = raw_text[segment["raw_start"] : segment["raw_end"]]
            require(bool(raw) and (segment["edit"] is not None or raw == text), "a segment that leads astray")


def require(holds: bool, broken: str) -> None:  # noqa: FBT001 - a condition
    """Raise AssertionError for a broken promise."""
    if not holds:
        raise AssertionError(broken)


TARGETS: Mapping[str, tuple[Callable[[bytes], None], str]] = MappingProxyType(
    {
        "decode": (fuzz_decode, "*.*"),
        "text": (fuzz_text, "*.txt"),
        "html": (fuzz_html, "*.html"),
        "warc": (fuzz_warc, "*.html"),
    }
)
"""Function and files whose beginnings are the seeds, by target."""


def seeds(name: str, folder: Path) -> None:
    """Write the seeds of a target; of an archive, pages in records."""
    for number, path in enumerate(sorted(SAMPLES.rglob(TARGETS[name][1]))):
        content = path.read_bytes()[:LONGEST]
        if name == "warc":
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + content
            head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
            content = head % len(http) + http + b"\r\n\r\n"
            content = content * 2 if number % 2 else gzip.compress(content, mtime=0) * 2
        (folder / str(number)).write_bytes(content)


def fuzz_one(name: str, seconds: int, found: Path) -> None:
    """Fuzz one target in this process, which ends with it."""
    with tempfile.TemporaryDirectory() as folder:
        seeds(name, Path(folder))
        limits = [f"-max_total_time={seconds}", f"-timeout={SECONDS_AN_INPUT}", f"-rss_limit_mb={MEGABYTES}"]
        places = [f"-artifact_prefix={found}/{name}-", folder]
        atheris.Setup([sys.argv[0], f"-max_len={LONGEST}", *limits, *places], TARGETS[name][0])
        atheris.Fuzz()


def main() -> int:
    """Fuzz one target, or each in its own process; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--target", choices=TARGETS)
    parser.add_argument("--found", type=Path, default=Path("data/fuzz"), help="folder for inputs that break a promise")
    given = parser.parse_args()
    given.found.mkdir(parents=True, exist_ok=True)
    if given.target:
        fuzz_one(given.target, round(given.minutes * 60), given.found)
        return 0
    share = str(given.minutes / len(TARGETS))
    command = [sys.executable, "-m", "benchmarks.fuzz", "--minutes", share, "--found", str(given.found)]
    codes = {name: subprocess.run([*command, "--target", name], check=False).returncode for name in TARGETS}
    for name, code in codes.items():
        print(f"{name}: {'held' if code == 0 else f'broke, see {given.found}'}")
    return int(any(codes.values()))


if __name__ == "__main__":
    sys.exit(main())
