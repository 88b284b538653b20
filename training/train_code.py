"""Everything `spacy train --code` needs: the augmenter and the tokenizer rules."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import augment  # noqa: E402,F401
import tokenizer  # noqa: E402,F401
