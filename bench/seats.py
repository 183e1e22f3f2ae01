"""A million random acts on seats against the plain model."""

from __future__ import annotations

from multiprocessing import Pool

from bench.figures import Figure, at_least, at_most, measure

HISTORIES, ACTS = 20_000, 50


def play(seed: int) -> tuple[int, int]:
    from tests.domains.courses.program import play as random_history

    done, broken, _ = random_history(seed, ACTS)
    return done, len(broken)


@measure("seats_model")
def model() -> list[Figure]:
    """Sign up, approve, withdraw, move, raise and lower, release, offer, expire, cancel: nothing may break."""
    with Pool(2) as pool:
        found = pool.map(play, range(HISTORIES), chunksize=200)
    return [
        at_least("seats_random_acts", sum(done for done, _ in found), "acts", HISTORIES * ACTS),
        at_most("seats_broken_properties", sum(broken for _, broken in found), "properties", 0),
    ]
