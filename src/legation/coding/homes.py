"""Of which of the states that its sentence names somebody is: the army of "Peru met Chile after the army had fired".

Each state is weighed by where its names stand, by who it is that is of it, and by what the rules say of him. The
weights are learned (`training.homes`); a softmax over the states, and over none of them, gives the chance of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from legation.coding.names import STATELESS, Mention
from legation.coding.owners import OWNERS
from legation.coding.phrases import Phrases
from legation.coding.pronouns import Candidate, Weights
from legation.coding.references import ancestors, clause_of, role_of
from legation.coding.standing import title_of

QUALIFYING = frozenset({"amod", "compound", "flat", "nmod:desc", "nmod:poss", "nmod:unmarked"})
ARTICLES = {"a": "a", "an": "a", "that": "the", "the": "the", "these": "the", "this": "the", "those": "the"}


def load_weights() -> Weights:
    """The shipped weights."""
    return Weights.load("homes.csv")


def faces(head: int, code: str, phrases: Phrases, names: Sequence[Mention]) -> bool:
    """Whether the state of a code is itself the other side of what the word `head` of a sentence does or suffers."""
    states = {m.head for m in names if m.kind == "state" and m.code == code}
    for mark in phrases.sentence.events:
        for own, other in ((mark.actor, mark.recipient), (mark.recipient, mark.actor)):
            here = any(start <= head < end for start, end in own)
            if here and any(phrases.head_of(start, end) in states for start, end in other):
                return True
    return False


def home_named(found: Sequence[Candidate], weights: Weights | None = None) -> str | None:
    """The likeliest state, None where none is likely enough."""
    known = weights or load_weights()
    best = max(zip(known.chances(found), (one.key for one in found), strict=True), default=(0.0, ""))
    return best[1] if best[0] >= known.least else None


def candidates(
    word: int, role: str | None, phrases: Phrases, names: Sequence[Mention], told: Mapping[str, str | None]
) -> list[Candidate]:
    """The states that a sentence names, with what speaks for each as that of who stands at a word.

    `told` is the state that each rule gives, by the name of the rule.
    """
    named = [m for m in names if m.code and m.code not in STATELESS and not m.others]
    codes = list(dict.fromkeys(m.code for m in named if m.code))
    who, many = [*_of_somebody(word, role, phrases)], str(min(len(codes), 3))
    common = [*who, f"states:{many}", *(f"{f}|states:{many}" for f in who)]
    common += [f"without:{rule}" for rule, state in told.items() if state is None]
    found = []
    for code in codes:
        own = [m for m in named if m.code == code]
        seen = {f for m in own for f in _of_mention(m, word, phrases, named)} | {f"named:{min(len(own), 2)}"}
        seen |= {f"told:{rule}" for rule, state in told.items() if state == code}
        features = dict.fromkeys([*common, *seen, *(f"{f}|{w}" for f in seen for w in who[:2])], 1.0)
        found.append(Candidate(code, features))
    return found


def _of_somebody(word: int, role: str | None, phrases: Phrases) -> Iterator[str]:
    """Who it is: the kind of the title, how the noun is introduced, its place in the clause, and the noun itself."""
    token, title = phrases.tokens[word], title_of(role)
    yield f"kind:{title.kind if title else 'none'}"
    yield f"determiner:{_determiner(word, phrases)}"
    yield f"place:{role_of(phrases, word)}"
    yield f"sector:{title.sectors[0] if title and title.sectors else 'none'}"
    yield f"tag:{token.xpos}"
    yield f"noun:{token.lemma.lower()}"
    yield from (f"adjective:{phrases.forms[child].lower()}" for child in phrases.children_in(word, "amod", "compound"))
    if token.head >= 0:
        yield f"verb:{phrases.tokens[token.head].lemma.lower()}:{token.deprel}"


def _determiner(word: int, phrases: Phrases) -> str:
    words = [phrases.forms[c].lower() for c in phrases.children_in(word, "det", "nmod:poss")]
    if not OWNERS.isdisjoint(words):
        return "own"
    number = "number" if phrases.child(word, "nummod") is not None else "other" if words else "none"
    return next((ARTICLES[form] for form in words if form in ARTICLES), number)


def _of_mention(mention: Mention, word: int, phrases: Phrases, named: Sequence[Mention]) -> Iterator[str]:
    """Where a state is named, as seen from a word."""
    at, part = mention.head, ""
    for _ in range(6):
        if phrases.tokens[at].deprel not in QUALIFYING or phrases.tokens[at].head < 0:
            break
        at, part = phrases.tokens[at].head, "<"
    side = "before" if mention.end <= word else "after"
    place, case = role_of(phrases, at), phrases.case(at) or "-"
    joined = _joined(clause_of(phrases, word), clause_of(phrases, at), phrases)
    yield f"{side}:{place}{part}"
    yield f"{mention.kind}:{case}"
    yield f"case:{case}{part}"
    yield f"{joined}:{side}:{place}"
    yield f"{joined}:{case}"
    yield f"{joined}:{place}:{role_of(phrases, word)}"
    before, after = [m for m in named if m.end <= word], [m for m in named if m.start > word]
    order = {"first": named[:1], "last before": before[-1:], "next": after[:1]}
    yield from (name for name, own in order.items() if mention in own)


def _joined(own: int, other: int, phrases: Phrases) -> str:
    """How the clause of a state lies to that of a word."""
    if own == other:
        return "same"
    return "above" if other in ancestors(phrases, own) else "below" if own in ancestors(phrases, other) else "apart"
