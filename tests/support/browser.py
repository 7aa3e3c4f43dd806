"""A page as a real browser lays it out: on a screen, and on paper."""

import html
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
READER = shutil.which("pdftotext")
WIDTHS = (360, 768, 1100)
SCHEMES = ("light", "dark")
_ALONE = (  # no network, nothing of the person who runs it
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


def misfits(page: str, place: Path) -> list[str]:
    """Return what sticks out of its place or lies over something else, with all open, at each width and in each scheme."""
    frames = (_FRAME.format(width=width, scheme=scheme, page=html.escape(page)) for width in WIDTHS for scheme in SCHEMES)
    around = place / "around.html"
    around.write_text(f"<!doctype html><meta charset=utf-8><pre></pre>{''.join(frames)}<script>{_MEASURE}</script>", "utf-8")
    told = re.search(r"<pre>(.*?)</pre>", _run(place, "--dump-dom", around), re.DOTALL)
    assert told
    found = json.loads(html.unescape(told[1]))
    assert isinstance(found, list)
    return found


def on_paper(page: str, place: Path) -> tuple[Sheet, ...]:
    """Return the sheets on which a page is printed."""
    source, paper = place / "page.html", place / "page.pdf"
    source.write_text(page, "utf-8")
    _run(place, f"--print-to-pdf={paper}", source, "--no-pdf-header-footer")
    assert READER
    reader = _Paper()
    reader.feed(subprocess.run([READER, "-bbox-layout", paper, "-"], check=True, capture_output=True, text=True).stdout)
    return tuple(Sheet(width, height, tuple(lines)) for width, height, lines in reader.sheets)


def _run(place: Path, task: str, page: Path, *options: str) -> str:
    assert BROWSER
    command = [BROWSER, *_ALONE, f"--user-data-dir={place / 'browser'}", *options, task, page.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=120).stdout


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
