"""Rows of tables to tell of, of every sort that is told in its own way."""

from __future__ import annotations

from hypothesis import strategies as st

from .attack import Count, World

TWO = ("held", "missing")
THREE = ("held", "expiring", "missing")
COLUMNS = ["Alta", "Bodø", "Eid", "Hol", "Lom", "Os", "Voss"]

# Rows of each sort: few required everywhere, too few to hide the parts in, small parts in large cells, and all sorts.
NUMBERS = st.tuples(st.integers(1, 6))
FEW = st.tuples(st.integers(0, 3), st.integers(0, 3)).filter(lambda count: 1 <= sum(count) <= 4)
CLOSED = st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda count: 5 <= sum(count) <= 9)
LARGE = st.tuples(st.integers(8, 12), st.integers(0, 5))
THREEFOLD = st.tuples(st.integers(10, 13), st.integers(0, 4), st.integers(0, 6))
ANY = st.one_of(FEW, CLOSED, LARGE, LARGE.map(lambda count: count[::-1]), st.just((0, 0)))


def rows_of(counts: st.SearchStrategy[Count], least: int = 1, most: int = 7) -> st.SearchStrategy[World]:
    return st.lists(counts, min_size=least, max_size=most).map(lambda found: dict(zip(COLUMNS, found, strict=False)))


# Rows of one sort throughout, which is where sums are told; and of several.
PURE = [((), NUMBERS), (TWO, FEW), (TWO, CLOSED), (TWO, LARGE)]
MIXED = [(TWO, ANY), (THREE, THREEFOLD)]
PURE_ROWS = st.one_of(*[st.tuples(st.just(parts), rows_of(counts, 4)) for parts, counts in PURE])
MIXED_ROWS = st.one_of(*[st.tuples(st.just(parts), rows_of(counts, 4, 5)) for parts, counts in MIXED])
ROWS = st.one_of(PURE_ROWS, MIXED_ROWS)
