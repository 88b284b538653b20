"""How often Python looks for refuse."""

import gc

from detente.refuse import RARELY, look_for_refuse_rarely


def test_it_looks_rarely_and_not_at_what_is_there():
    before = gc.get_threshold()
    try:
        look_for_refuse_rarely()
        assert gc.get_threshold() == RARELY
        assert gc.get_freeze_count() > 0
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
