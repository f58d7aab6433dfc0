"""Replies whose source leaves no room for anything else."""

import pytest

from handlers.pieces import length, pieces, shortened

LIMIT = 100
BODY = "😂 It says a lot about the harbour, and then some more of it. " * 4


@pytest.mark.parametrize("size", [90, 95, 96, 97, 98, 99, 100, 101, 450])
@pytest.mark.parametrize("body", [BODY, "😂" * LIMIT])
def test_a_source_that_leaves_no_room_gives_way_to_the_answer(body: str, size: int):
    shown = shortened(body, "z" * size, LIMIT)
    assert length(shown) <= LIMIT
    assert shown.startswith("😂")
    assert ("z" * size in shown) == (size <= 96)


@pytest.mark.parametrize("size", [98, 99, 100, 101, 450])
def test_a_long_source_is_told_in_pieces_with_the_answer(size: int):
    found = pieces(BODY, "z" * size, LIMIT)
    assert all(0 < length(piece) <= LIMIT for piece in found)
    assert "".join(found).count("z") == size
