"""How often Python looks for refuse: objects that point at each other and that nothing else holds."""

import gc

RARELY = 20_000, 20, 20  # coding and answers make many objects and leave few that only the search for refuse can free


def look_for_refuse_rarely() -> None:
    """What there is now is never looked through again, what is made later less often: a part of coding.

    Holds for the whole process.
    """
    gc.freeze()
    gc.set_threshold(*RARELY)
