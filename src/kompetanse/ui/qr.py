"""QR codes (ISO/IEC 18004) drawn as SVG: bytes, error correction M, up to 106 of them. Nothing is asked of others.

qr.svg("https://…/oppmote/7/?kode=7QK3MX", _("Koden som bilde"))   in a view; the template shows it as it is
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.html import format_html
from django.utils.safestring import SafeString

# By version, from 1: error correction bytes for each block, blocks, bytes of data in each block.
_BLOCKS = ((10, 1, 16), (16, 1, 28), (26, 1, 44), (18, 2, 32), (24, 2, 43), (16, 4, 27))
LONGEST = 106
Grid = list[list[bool]]

_EXP, _LOG = [0] * 512, [0] * 256
_value = 1
for _power in range(255):
    _EXP[_power] = _EXP[_power + 255] = _value
    _LOG[_value] = _power
    _value = (_value << 1) ^ (0x11D if _value & 0x80 else 0)


def svg(text: str, label: str) -> SafeString:
    """The code as an image that a screen reader calls `label`. Raises ValueError where the text is too long."""
    grid = encode(text)
    size = len(grid) + 8  # four light modules on every side
    path = "".join(f"M{x + 4} {y + 4}h1v1h-1z" for y, row in enumerate(grid) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" width="280" height="280" '
        'shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="{}"/></svg>',
        label, size, size, path,
    )  # fmt: skip


def encode(text: str) -> Grid:
    """Rows of modules, dark ones true."""
    content = text.encode()
    for version, (extra, blocks, each) in enumerate(_BLOCKS, 1):
        if len(content) <= blocks * each - 2:
            return min((_draw(version, _bytes(content, extra, blocks, each), mask) for mask in range(8)), key=_penalty)
    raise ValueError(f"{len(content)} bytes do not fit: {LONGEST} do")


def _bytes(content: bytes, extra: int, blocks: int, each: int) -> list[int]:
    """Data and error correction, interleaved as they are laid out."""
    bits = f"0100{len(content):08b}" + "".join(f"{byte:08b}" for byte in content) + "0000"
    bits = bits[: blocks * each * 8]
    bits += "0" * (-len(bits) % 8)
    data = [int(bits[at : at + 8], 2) for at in range(0, len(bits), 8)]
    data += [(0xEC, 0x11)[number % 2] for number in range(blocks * each - len(data))]
    parts = [data[number * each : (number + 1) * each] for number in range(blocks)]
    checks = [_correction(part, extra) for part in parts]
    return [part[at] for at in range(each) for part in parts] + [c[at] for at in range(extra) for c in checks]


def _correction(data: list[int], extra: int) -> list[int]:
    divisor = [1]
    for power in range(extra):
        shifted = [*divisor, 0]
        for at, value in enumerate(divisor):
            shifted[at + 1] ^= _times(value, _EXP[power])
        divisor = shifted
    left = data + [0] * extra
    for at in range(len(data)):
        if factor := left[at]:
            for place, value in enumerate(divisor):
                left[at + place] ^= _times(value, factor)
    return left[len(data) :]


def _times(one: int, other: int) -> int:
    return _EXP[_LOG[one] + _LOG[other]] if one and other else 0


def _draw(version: int, content: list[int], mask: int) -> Grid:
    size = 17 + 4 * version
    grid: Grid = [[False] * size for _ in range(size)]
    fixed: Grid = [[False] * size for _ in range(size)]

    def put(x: int, y: int, dark: bool) -> None:
        if 0 <= x < size and 0 <= y < size:
            grid[y][x], fixed[y][x] = dark, True

    for at in range(size):
        put(at, 6, at % 2 == 0)
        put(6, at, at % 2 == 0)
    for x, y in ((3, 3), (size - 4, 3), (3, size - 4)):
        for right in range(-4, 5):
            for down in range(-4, 5):
                put(x + right, y + down, max(abs(right), abs(down)) not in (2, 4))
    if version > 1:
        for right in range(-2, 3):
            for down in range(-2, 3):
                put(size - 7 + right, size - 7 + down, max(abs(right), abs(down)) != 1)
    for at, dark in enumerate(_format(mask)):
        x, y = (8, at + (at > 5)) if at < 8 else (14 - at + (at < 9), 8)
        put(x, y, dark)
        put(*((size - 1 - at, 8) if at < 8 else (8, size - 15 + at)), dark)
    put(8, size - 8, True)
    bits = (byte >> shift & 1 for byte in content for shift in range(7, -1, -1))
    for x, y in _way(size):
        if not fixed[y][x]:
            grid[y][x] = bool(next(bits, 0)) != _masks(mask, x, y)
    return grid


def _format(mask: int) -> list[bool]:
    """The mask and the level (M is 0), with their own error correction, lowest bit first."""
    left = mask
    for _ in range(10):
        left = (left << 1) ^ (0x537 if left >> 9 else 0)
    bits = (mask << 10 | left) ^ 0x5412
    return [bool(bits >> at & 1) for at in range(15)]


def _way(size: int) -> Iterator[tuple[int, int]]:
    """Two columns at a time from the right, up and down in turn, past the timing column."""
    up = True
    for right in range(size - 1, 0, -2):
        column = right if right > 6 else right - 1
        for step in range(size):
            y = size - 1 - step if up else step
            yield column, y
            yield column - 1, y
        up = not up


def _masks(mask: int, x: int, y: int) -> bool:
    return not (
        (x + y) % 2, y % 2, x % 3, (x + y) % 3, (x // 3 + y // 2) % 2, x * y % 2 + x * y % 3,
        (x * y % 2 + x * y % 3) % 2, ((x + y) % 2 + x * y % 3) % 2,
    )[mask]  # fmt: skip


def _penalty(grid: Grid) -> int:
    """How hard the pattern is to read, by the standard's four rules."""
    size, total = len(grid), 0
    lines = [*grid, *(list(column) for column in zip(*grid, strict=True))]
    finders = ([True, False, True, True, True, False, True, *[False] * 4],)
    for line in lines:
        run, before = 0, None
        for dark in [*line, None]:
            if dark == before:
                run += 1
            else:
                total += run - 2 if run >= 5 else 0
                run, before = 1, dark
        for wanted in (finders[0], finders[0][::-1]):
            total += 40 * sum(line[at : at + 11] == wanted for at in range(size - 10))
    for y in range(size - 1):
        for x in range(size - 1):
            total += 3 * (grid[y][x] == grid[y][x + 1] == grid[y + 1][x] == grid[y + 1][x + 1])
    black = sum(sum(row) for row in grid)
    return total + 10 * (abs(black * 20 - size * size * 10) // (size * size))
