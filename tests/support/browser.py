"""A page as a real browser lays it out: on a screen, and on paper."""

import base64
import html
import json
import os
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
READER = shutil.which("pdftotext")
WIDTHS = (360, 768, 1100)
SCHEMES = ("light", "dark")
_ALONE = (  # no network, nothing of the person who runs it
    "--remote-debugging-pipe",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-first-run",
    "--hide-scrollbars",
)
_FRAME = """<iframe title="{width} {scheme}" width="{width}" height="900" style="border:0;color-scheme:{scheme}"
srcdoc="{page}"></iframe>"""
_MEASURE = """
const found = [];
const apart = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) <= 1 ||
  Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) <= 1;
const inside = (a, b) => a.left >= b.left - 1 && a.right <= b.right + 1 && a.top >= b.top - 1 && a.bottom <= b.bottom + 1;
function measure(frame) {
  const page = frame.contentDocument, wide = frame.contentWindow.innerWidth;
  const say = words => found.push(`${frame.title}: ${words}`);
  const dark = frame.contentWindow.matchMedia('(prefers-color-scheme: dark)').matches;
  if (dark != frame.title.endsWith('dark')) say('the other colours');
  page.querySelectorAll('details').forEach(one => { one.open = true; });
  if (page.documentElement.scrollWidth > wide) say(`${page.documentElement.scrollWidth} wide`);
  const boxes = [...page.querySelectorAll('h1, h2, h3, p, figure, .card, .said > li, .months > li, dt, dd, summary, footer')]
    .map(one => ({name: one.textContent.slice(0, 40), box: one.getBoundingClientRect(), one}));
  const words = [];
  const walk = page.createTreeWalker(page.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, around = node.parentElement;
    if (!node.data.trim() || around.closest('title, desc')) continue;
    const range = page.createRange();
    range.selectNodeContents(node);
    const frame_ = around.closest('figure, .card, .months > li, .legend') ?? page.body;
    for (const box of range.getClientRects()) {
      if (box.left < 0 || box.right > wide || !inside(box, frame_.getBoundingClientRect())) say(`${node.data} sticks out`);
      words.push({name: node.data.slice(0, 40), box, one: node});
    }
  }
  for (const all of [boxes, words]) {
    all.sort((a, b) => a.box.top - b.box.top);
    all.forEach((a, place) => {
      for (const b of all.slice(place + 1)) {
        if (b.box.top >= a.box.bottom) break;
        if (!a.one.contains(b.one) && !b.one.contains(a.one) && !apart(a.box, b.box)) say(`${a.name} | ${b.name}`);
      }
    });
  }
}
addEventListener('load', () => {
  document.querySelectorAll('iframe').forEach(measure);
  document.querySelector('pre').textContent = JSON.stringify(found);
});
"""
_LOADED = "new Promise(done => document.readyState == 'complete' ? done() : addEventListener('load', done))"


class Line(NamedTuple):
    """A line on paper: its words and its box, in points from the left and the top."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


class Sheet(NamedTuple):
    """A page of paper with its lines."""

    width: float
    height: float
    lines: tuple[Line, ...]


class Chromium:
    """One browser for many pages, for to start one takes longer than all that it does: it reads commands from a pipe."""

    def __init__(self, place: Path) -> None:
        assert BROWSER
        self._place, self._number = place, 0
        (reading, commands), (answers, writing) = os.pipe(), os.pipe()
        command = [
            "bash",
            "-c",
            f'exec "$@" 3<&{reading} 4>&{writing}',
            "bash",
            BROWSER,
            *_ALONE,
            f"--user-data-dir={place / 'own'}",
        ]
        nothing = subprocess.DEVNULL
        self._process = subprocess.Popen(command, pass_fds=(reading, writing), stdout=nothing, stderr=nothing)
        os.close(reading)
        os.close(writing)
        self._commands, self._answers, self._unread = commands, answers, b""
        target = self._do("Target.createTarget", url="about:blank")["targetId"]
        self._page = {"sessionId": self._do("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]}

    def close(self) -> None:
        """End the browser."""
        self._do("Browser.close")
        self._process.wait()
        os.close(self._commands)
        os.close(self._answers)

    def misfits(self, page: str) -> list[str]:
        """Return what sticks out of its place or lies over something else, with all open, at each width and in each scheme."""
        frames = (_FRAME.format(width=width, scheme=scheme, page=html.escape(page)) for width in WIDTHS for scheme in SCHEMES)
        self._open(f"<!doctype html><meta charset=utf-8><pre></pre>{''.join(frames)}<script>{_MEASURE}</script>")
        told = self._do("Runtime.evaluate", expression="document.querySelector('pre').textContent", **self._page)
        found = json.loads(told["result"]["value"])
        assert isinstance(found, list)
        return found

    def on_paper(self, page: str) -> tuple[Sheet, ...]:
        """Return the sheets on which a page is printed."""
        self._open(page)
        paper = self._do("Page.printToPDF", preferCSSPageSize=True, printBackground=True, **self._page)["data"]
        assert READER
        command = [READER, "-bbox-layout", "-", "-"]
        reader = _Paper()
        reader.feed(subprocess.run(command, input=base64.b64decode(paper), check=True, capture_output=True).stdout.decode())
        return tuple(Sheet(width, height, tuple(lines)) for width, height, lines in reader.sheets)

    def _open(self, page: str) -> None:
        """Show a page, and wait until all of it is there."""
        source = self._place / "page.html"
        source.write_text(page, "utf-8")
        self._do("Page.navigate", url=source.as_uri(), **self._page)
        self._do("Runtime.evaluate", expression=_LOADED, awaitPromise=True, **self._page)

    def _do(self, method: str, sessionId: str = "", **parameters: object) -> dict[str, Any]:  # noqa: N803 # its name there
        self._number += 1
        request = {"id": self._number, "method": method, "params": parameters}
        os.write(self._commands, json.dumps(request | ({"sessionId": sessionId} if sessionId else {})).encode() + b"\0")
        while (answer := self._read()).get("id") != self._number:
            pass
        result: dict[str, Any] = answer["result"]
        return result

    def _read(self) -> dict[str, Any]:
        """Return the next message: an answer, or what happens meanwhile."""
        while b"\0" not in self._unread:
            more = os.read(self._answers, 1 << 20)
            assert more, "the browser ended"
            self._unread += more
        message, _end, self._unread = self._unread.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found


class _Paper(HTMLParser):
    """Reads what pdftotext says of the lines."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[float, float, list[Line]]] = []
        self._words: list[str] = []
        self._box = (0.0, 0.0, 0.0, 0.0)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        numbers = {
            name: float(value or 0) for name, value in attrs if name in {"width", "height", "xmin", "ymin", "xmax", "ymax"}
        }
        if tag == "page":
            self.sheets.append((numbers["width"], numbers["height"], []))
        if tag == "line":
            self._words = []
            self._box = (numbers["xmin"], numbers["ymin"], numbers["xmax"], numbers["ymax"])

    def handle_data(self, data: str) -> None:
        self._words += data.split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "line":
            self.sheets[-1][2].append(Line(" ".join(self._words), *self._box))
