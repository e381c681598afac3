"""Rules against words: whether an event rule's conditions hold, and who stands in the slots it names."""

from __future__ import annotations

from legation.coding.lexicon import EventRule, Lexicon
from legation.coding.participants import Participant, Participants
from legation.coding.phrases import Phrases
from legation.records import Role

APART = frozenset({"advcl", "acl:relcl", "advcl:relcl", "parataxis"})


class Slots:
    """One candidate predicate of one sentence, as the rules ask about it."""

    def __init__(self, number: int, word: int, phrases: Phrases, people: Participants, lexicon: Lexicon) -> None:
        self.number, self.word, self.phrases = number, word, phrases
        self.people, self.lexicon = people, lexicon
        self.is_verb = phrases.tokens[word].upos == "VERB"

    # ------------------------------------------------------------ conditions

    def holds(self, rule: EventRule) -> bool:
        """Whether every condition of a rule is met."""
        return (
            (not rule.particles or any(self._has_particle(p) for p in rule.particles))
            and (not rule.objects or self._object_fits(rule))
            and (not rule.complements or any(self._is(c, rule.complements) for c in self._complements()))
            and (not rule.subjects or any(self._is(s, rule.subjects) for s in self._subjects()))
        )

    def _has_particle(self, particle: str) -> bool:
        tokens, phrases = self.phrases.tokens, self.phrases
        for child in phrases.children[self.word]:
            if (
                tokens[child].deprel in ("compound:prt", "advmod", "case", "mark")
                and tokens[child].text.lower() == particle
            ):
                return child > self.word
        return any(True for _ in phrases.obliques(self.word, particle)) or any(
            True for at in self._objects() for _ in phrases.obliques(at, particle) if not self.is_verb
        )

    def _object_fits(self, rule: EventRule) -> bool:
        objects = self._objects()
        if "-" in rule.objects:
            return not objects
        governed = [o for p in rule.particles for o in self.phrases.obliques(self.word, p)]
        return any(self._is(at, rule.objects) for at in [*objects, *governed])

    def _is(self, word: int, names: tuple[str, ...]) -> bool:
        """Whether a word, alone or with the words before it, is one of a rule's lemmas or in one of its classes."""
        tokens = self.phrases.tokens
        lemma = tokens[word].lemma.lower()
        forms = {lemma, tokens[word].text.lower(), lemma.removesuffix("s")}
        for back in range(max(0, word - 3), word):
            forms.add("-".join([*(tokens[i].text.lower() for i in range(back, word)), lemma]).replace("---", "-"))
        classes = {name for form in forms for name in self.lexicon.object_classes(form)}
        return bool(forms & set(names)) or bool(classes & set(names))

    def _objects(self) -> list[int]:
        """The words that a condition on the object looks at, joined ones included."""
        phrases, found = self.phrases, []
        if self.is_verb:
            heads = list(phrases.children_in(self.word, "obj", "nsubj:pass"))
            for role in phrases.roles(self.word, "ARG1"):
                head = phrases.head_of(role.start, role.end)
                if phrases.tokens[head].upos in ("NOUN", "PROPN"):
                    heads.append(head)
            gift = self._gift()
            if gift is not None:
                heads.append(gift[1])
            if phrases.tokens[self.word].deprel in ("acl", "amod") and phrases.tokens[self.word].xpos == "VBN":
                heads.append(phrases.tokens[self.word].head)
        else:
            heads = [*phrases.obliques(self.word, "of"), *phrases.children_in(self.word, "compound", "amod")]
        for head in heads:
            found += [at for at in phrases.conjuncts(head) if at not in found]
        return found

    def _gift(self) -> tuple[int, int] | None:
        """Recipient and gift of "gave Peru badly needed arms", which reads like a clause: a giving verb takes none."""
        phrases = self.phrases
        clause = phrases.child(self.word, "ccomp", "xcomp")
        if clause is None or "@giveverb" not in self.lexicon.object_classes(phrases.tokens[self.word].lemma):
            return None
        recipient, gift = phrases.child(clause, "nsubj"), phrases.child(clause, "obj")
        participle = phrases.tokens[clause].xpos in ("VBN", "VBD") and phrases.child(clause, "mark", "aux") is None
        return (recipient, gift) if participle and recipient is not None and gift is not None else None

    def _complements(self) -> list[int]:
        return list(self.phrases.children_in(self.word, "xcomp", "ccomp", "advcl", "acl"))

    def _subjects(self) -> list[int]:
        subject = self.phrases.subject(self.word) if self.is_verb else None
        return [] if subject is None else [subject]

    # ------------------------------------------------------------ slots

    def fill(
        self, slots: tuple[str, ...], taken: frozenset[str] = frozenset(), states: frozenset[str] = frozenset()
    ) -> list[Participant]:
        """Who stands in the first slot that holds anyone who is not `taken` already.

        A name somewhere inside an argument does not count when it is of one of the actor's own `states`.
        """
        for slot in slots:
            found = [p for p in self._slot(slot) if p.key not in taken]
            if slot.startswith("in-"):
                found = [p for p in found if p.code not in states]
            if found:
                return found
            if slot.startswith("ARG") and self._is_unknown_pronoun(slot):
                return []
        return []

    def _is_unknown_pronoun(self, label: str) -> bool:
        """Whether an argument is a pronoun that nobody could be found for: then nobody else is meant either."""
        tokens = self.phrases.tokens
        heads = [self.phrases.head_of(role.start, role.end) for role in self._roles(label)]
        return any(tokens[head].upos == "PRON" for head in heads)

    def _slot(self, slot: str) -> list[Participant]:
        if slot.startswith("ARG"):
            return self._argument(slot)
        if slot.startswith("in-"):
            return self._inside(slot.removeprefix("in-"))
        if slot == "modifier":
            return self._direct_modifiers()
        if slot == "poss":
            return self._possessor()
        if slot == "subject-of-governor":
            return self._governor_subject()
        return [] if slot == "-" else self._preposition(slot)

    def _argument(self, label: str) -> list[Participant]:
        found: list[Participant] = []
        for role in self._roles(label):
            if label == "ARG0" and self._undergoes(role):
                continue
            found += self.people.of_range(self.number, role.start, role.end, places=label != "ARG0")
        if found or not self.is_verb:
            return found
        word = self._syntactic(label)
        return [] if word is None else self.people.of_word(self.number, word, places=label != "ARG0")

    def _undergoes(self, role: Role) -> bool:
        """Whether a role is the subject of a passive, which acts in nothing whatever its label says."""
        head = self.phrases.head_of(role.start, role.end)
        return head in self.phrases.children_in(self.word, "nsubj:pass")

    def _roles(self, label: str) -> list[Role]:
        return self.phrases.roles(self.word, label)

    def _syntactic(self, label: str) -> int | None:
        """Where the tree has an argument that the roles did not give."""
        phrases = self.phrases
        if self._roles(label):
            return None
        gift = self._gift() if label == "ARG2" else None
        if gift is not None:
            return gift[0]
        passive = phrases.is_passive(self.word)
        if label == "ARG0" and passive:
            return next(iter([*phrases.children_in(self.word, "obl:agent"), *phrases.obliques(self.word, "by")]), None)
        if label == "ARG0":
            return phrases.subject(self.word)
        if label == "ARG1" and passive:
            return phrases.subject(self.word)
        return phrases.child(self.word, *{"ARG1": ("obj",), "ARG2": ("iobj",)}.get(label, ("",)))

    def _inside(self, label: str) -> list[Participant]:
        """The first state, body or person named anywhere inside an argument."""
        ranges = [(r.start, r.end) for r in self._roles(label)]
        if not ranges and label == "ARG1" and self.is_verb:
            child = self.phrases.child(self.word, "obj", "nsubj:pass", "ccomp", "xcomp")
            ranges = [self.phrases.subtree(child)] if child is not None else []
        for start, end in ranges:
            named = self.people.named_in(self.number, start, end)
            found = [p for p in named if self._belongs(p, start, end)]
            if found:
                return found[:1]
        return []

    def _belongs(self, participant: Participant, start: int, end: int) -> bool:
        """Whether a name is part of what an argument says: not behind "against", not in a clause of its own."""
        tokens = self.phrases.tokens
        at = next((m.head for m in self.people.names[self.number] if m.span == participant.span), start)
        if self.phrases.case(at) == "against":
            return False
        while start <= at < end:
            if tokens[at].deprel in APART and start <= tokens[at].head < end:
                return False
            at = tokens[at].head
        return True

    def _direct_modifiers(self) -> list[Participant]:
        phrases = self.phrases
        found = []
        for child in phrases.children_in(self.word, "amod", "compound", "nmod:desc", "nmod:unmarked"):
            found += [p for p in self.people.of_word(self.number, child) if p.code]
        return found

    def _possessor(self) -> list[Participant]:
        owner = self.phrases.child(self.word, "nmod:poss")
        return [] if owner is None else self.people.of_word(self.number, owner)

    def _governor_subject(self) -> list[Participant]:
        """The subject of the verb that a noun depends on: "China paid a visit to", "held talks with"."""
        phrases = self.phrases
        token = phrases.tokens[self.word]
        at, relation = token.head, token.deprel
        if at < 0 or phrases.tokens[at].upos != "VERB" or relation not in ("obj", "obl", "xcomp"):
            return []
        subject = phrases.subject(at)
        if subject is None or phrases.is_passive(at):
            return []
        return self.people.of_word(self.number, subject)

    def _preposition(self, preposition: str) -> list[Participant]:
        phrases = self.phrases
        anchors = [self.word, *(self._objects() if self.is_verb else [])]
        for anchor in anchors:
            for word in phrases.obliques(anchor, preposition):
                if preposition in ("in", "at") and word < self.word:
                    continue
                places = preposition not in ("in", "at")
                found = self.people.of_word(self.number, word, places=places)
                if not found and preposition not in ("in", "at", "about", "on"):
                    found = list(self.people.modifiers(self.number, word))[:1]
                found = found or (self.people.modifiers(self.number, word)[:1] if preposition == "on" else [])
                if found:
                    return found
        return self._nested(preposition)

    def _nested(self, preposition: str) -> list[Participant]:
        """The same preposition one step deeper, where the tree hung it on a neighbour: "by Ukraine on Moscow"."""
        phrases = self.phrases
        ranges = [(r.start, r.end) for r in phrases.frames[self.word].roles] if self.word in phrases.frames else []
        ranges = [(s, e) for s, e in ranges if s > self.word]
        if not self.is_verb:
            ranges.append((self.word, phrases.subtree(self.word)[1]))
        for start, end in ranges:
            for word in range(start, end):
                if phrases.tokens[word].upos in ("PROPN", "NOUN") and phrases.case(word) == preposition:
                    found = self.people.of_word(self.number, word, places=preposition not in ("in", "at"))
                    if found:
                        return found
        return []
