"""Writes bcryptprimitives.dll, which older Wines lack and wheels made with Rust ask for: `bcryptprimitives.py FILE`.

It holds one function, ProcessPrng, and that one is advapi32's SystemFunction036: a forwarder needs no code.
"""

import struct
import sys
from pathlib import Path

NAME = b"bcryptprimitives.dll\0"
FUNCTION = b"ProcessPrng\0"
FORWARDER = b"advapi32.SystemFunction036\0"

SECTION = 0x1000  # where the one section is in memory
IN_FILE = 0x200  # and in the file
EXPORT_DIRECTORY = struct.Struct("<IIHHIIIIIII")
BASE = 0x1_8000_0000


def library() -> bytes:
    """Return the file: the headers of a 64-bit library and a section with its table of exports."""
    tables = SECTION + EXPORT_DIRECTORY.size
    texts = tables + 10  # behind an address, the address of a name, and a number
    name, function, forwarder = texts, texts + len(NAME), texts + len(NAME) + len(FUNCTION)
    directory = EXPORT_DIRECTORY.pack(0, 0, 0, 0, name, 1, 1, 1, tables, tables + 4, tables + 8)
    exports = directory + struct.pack("<IIH", forwarder, function, 0) + NAME + FUNCTION + FORWARDER
    dos = struct.pack("<2s58xI", b"MZ", 64)
    coff = struct.pack("<4sHHIIIHH", b"PE", 0x8664, 1, 0, 0, 0, 240, 0x2022)  # x64; a library
    sizes = struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, IN_FILE, 0, 0, SECTION)
    layout = struct.pack("<QIIHHHHHHIIII", BASE, SECTION, IN_FILE, 6, 0, 0, 0, 6, 0, 0, 2 * SECTION, IN_FILE, 0)
    memory = struct.pack("<HHQQQQII", 3, 0x160, 1 << 20, SECTION, 1 << 20, SECTION, 0, 16)
    directories = struct.pack("<II120x", SECTION, len(exports))
    section = struct.pack("<8sIIII12xI", b".rdata", len(exports), SECTION, IN_FILE, IN_FILE, 0x40000040)  # data to read
    headers = dos + coff + sizes + layout + memory + directories + section
    return headers.ljust(IN_FILE, b"\0") + exports.ljust(IN_FILE, b"\0")


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(library())
