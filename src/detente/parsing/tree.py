"""A parse as plain lists that rules may change, written back in one go."""

from detente.parsing.doc import Doc, read_morph

QUOTES = frozenset({'"', "“", "”", "'", "‘", "’"})
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "expl"})


class Tree:
    """Heads, relations and word classes of a document by token index; `write` puts changes back into the parse."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = [token.lower_ for token in doc]
        self.pos = [token.pos_ for token in doc]
        self.deps = [token.dep_ for token in doc]
        self.heads = [token.head.i for token in doc]
        self.replaced: list[tuple[int, int, str]] = []  # tokens hung anew, with their heads and relations before

    def attach(self, index: int, head: int, relation: str) -> None:
        """Hangs a token at a head; at itself it becomes the root."""
        self.replaced.append((index, self.heads[index], self.deps[index]))
        self.heads[index], self.deps[index] = head, relation

    def take_back(self, number: int) -> None:
        """Gives heads and relations back what they were when so many had been replaced."""
        for index, head, relation in reversed(self.replaced[number:]):
            self.heads[index], self.deps[index] = head, relation

    def has_circle(self, start: int, end: int) -> bool:
        """Whether a token of start..end (half-open) hangs below itself: a repair of a wild parse can do that."""
        for index in range(start, end):
            at = index
            for _ in range(end - start):
                if self.heads[at] == at or not start <= self.heads[at] < end:
                    break
                at = self.heads[at]
            else:
                return True
        return False

    def children(self, index: int, start: int, end: int) -> list[int]:
        """The dependents of a token within start..end (half-open), in text order."""
        return [at for at in range(start, end) if self.heads[at] == index and at != index]

    def top(self, index: int, start: int, end: int) -> int:
        """The uppermost token above a token that lies in start..end (half-open)."""
        while self.heads[index] != index and start <= self.heads[index] < end:
            index = self.heads[index]
        return index

    def top_below(self, index: int, above: int) -> int:
        """The token over a token that hangs at `above`; the token itself where nothing over it does."""
        at = index
        while self.heads[at] != at:
            if self.heads[at] == above:
                return at
            at = self.heads[at]
        return index

    def top_verb(self, index: int, start: int) -> int | None:
        """The nearest verb above a token, in the sentence that begins at `start` and before the token."""
        at = self.heads[index]
        while self.pos[at] != "VERB" and self.heads[at] != at:
            at = self.heads[at]
        return at if self.pos[at] == "VERB" and start <= at < index else None

    def last_word(self, start: int, end: int) -> int:
        """The last token of start..end (half-open) that is no blank; the tagger gives blanks any word class."""
        return next((at for at in range(end - 1, start, -1) if not self.words[at].isspace()), start)

    def word_before(self, index: int, start: int) -> int:
        """The token before another one of a sentence that begins at `start`, quotation marks passed over."""
        at = index - 1
        while at > start and self.words[at] in QUOTES:
            at -= 1
        return at

    def is_finite(self, index: int) -> bool:
        """Whether the token is read as a finite verb or auxiliary of a clause."""
        if self.pos[index] not in ("VERB", "AUX") or self.deps[index] in ("compound", "amod"):
            return False
        return "Fin" in self.doc[index].morph.get("VerbForm", [])

    def make_verb(self, index: int, lemma: str, form: str) -> None:
        """Reads a token as a verb of this form ("Fin" is the present tense, "Past" the past)."""
        token = self.doc[index]
        token.pos_, token.lemma_ = "VERB", lemma
        tense = {"Fin": "Pres", "Past": "Past"}.get(form)
        token.morph = read_morph(f"Mood=Ind|Tense={tense}|VerbForm=Fin" if tense else f"VerbForm={form}")
        self.pos[index] = "VERB"

    def make_participle(self, index: int) -> None:
        """Reads a token as a past participle of what is done to the noun before it."""
        token = self.doc[index]
        token.pos_, token.morph = "VERB", read_morph("Tense=Past|VerbForm=Part|Voice=Pass")
        self.pos[index] = "VERB"

    def make_root(self, index: int, start: int, end: int) -> None:
        """Makes a token the root of the sentence start..end (half-open); what hung at the old root hangs at it."""
        old = self.top(index, start, end)
        if old == index:
            return
        for child in self.children(old, start, end):
            if child > index or self.deps[child] in ("punct", "parataxis", "advcl", "obl"):
                self.attach(child, index, self.deps[child])
        self.attach(index, index, "ROOT")
        self.attach(old, index, "dep")

    def take_place(self, index: int, other: int) -> None:
        """Hangs a token where another one hangs, or as root where that is it; the other may then be hung below it."""
        head = self.heads[other]
        self.attach(index, index if head == other else head, self.deps[other])

    def take_over(self, index: int, other: int, start: int, end: int) -> None:
        """As `take_place`; where the other is the root of start..end (half-open), with what hangs at it."""
        if self.heads[other] == other:
            self.make_root(index, start, end)
        else:
            self.take_place(index, other)

    def write(self) -> None:
        """Puts changed heads and relations into the parse; sentences stay as they are."""
        if not self.replaced:
            return
        tokens = self.doc.tokens
        for at in {index for index, _, _ in self.replaced}:
            tokens[at].head, tokens[at].dep_ = tokens[self.heads[at]], self.deps[at]
        self.doc.link()
