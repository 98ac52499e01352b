"""The search finds exactly what comparing with every name finds."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vacatur.match.index import Index

GIVEN = ["Mohammed", "Muhammad", "Aleksandr", "Alexander", "Ali", "Jun", "Wei", "Maria", "José", "Ramzan", "Kim", "Li"]
FAMILY = [
    "Kadyrov",
    "Lavrov",
    "al-Rawi",
    "Zhang",
    "Smith",
    "Schmidt",
    "Garcia",
    "Jong Un",
    "Petrov",
    "bin Salman",
    "O'Neil",
]
WORDS = [
    "Xiaomi",
    "Huawei",
    "Hangzhou",
    "Semiconductor",
    "Oboron",
    "Alpha",
    "Beijing",
    "Gulf",
    "Star",
    "Nordic",
    "Technologies",
    "Manufacturing",
    "Holding",
    "Trading",
    "International",
    "Bank",
    "Fund 2",
    "Fund 3",
    "Shipping",
]
FORMS = ["Ltd", "Limited", "GmbH", "OOO", "S.A.", "Corp.", "Inc.", "D.O.O.", ""]


def names_of(chance: random.Random, count: int) -> tuple[list[str], list[str]]:
    """Names in which words repeat as they do on real lists, and their kinds."""
    names, kinds = [], []
    for _ in range(count):
        if chance.random() < 0.5:
            names.append(" ".join([*chance.sample(GIVEN, chance.randint(1, 2)), chance.choice(FAMILY)]))
            kinds.append("person")
        else:
            words = chance.sample(WORDS, chance.randint(1, 3))
            names.append(" ".join([*words, chance.choice(FORMS)]).strip())
            kinds.append(chance.choice(["organisation", "organisation", "vessel", "other"]))
    return names, kinds


def bent(chance: random.Random, name: str) -> str:
    """A name misspelt, shortened, swapped, joined or split."""
    words = name.split()
    match chance.randrange(6):
        case 0:
            at = chance.randrange(len(name))
            return name[:at] + chance.choice("aeioustrn") + name[at + 1 :]
        case 1:
            at = chance.randrange(len(name))
            return name[:at] + name[at + 1 :]
        case 2:
            chance.shuffle(words)
            return " ".join(words)
        case 3:
            return " ".join(words[:-1]) or name
        case 4:
            return "".join(words)
        case _:
            return " ".join([words[0][0], *words[1:]])


@pytest.fixture(scope="module")
def listed() -> tuple[Index, list[str]]:
    chance = random.Random(20210114)
    names, kinds = names_of(chance, 4000)
    return Index.build([str(number) for number in range(len(names))], names, kinds), names


@pytest.mark.parametrize("threshold", [0.5, 0.7, 0.9])
def test_the_search_finds_what_comparing_with_every_name_finds(
    listed: tuple[Index, list[str]], threshold: float
) -> None:
    index, names = listed
    chance = random.Random(20210312)
    queries = [bent(chance, name) for name in chance.sample(names, 120)] + names_of(chance, 60)[0]
    for query in queries:
        assert index.search(query, threshold) == index.brute_force(query, threshold), query


def test_a_batch_finds_what_single_queries_find(listed: tuple[Index, list[str]]) -> None:
    index, names = listed
    chance = random.Random(20210525)
    # More than one core puts together at a time.
    queries = [bent(chance, name) for name in chance.choices(names, k=5000)]
    table = index.search_many(queries, 0.7)
    one_by_one = [
        (row, hit.id, hit.name, hit.score, hit.kind)
        for row, query in enumerate(queries)
        for hit in index.search(query, 0.7)
    ]
    assert [tuple(row.values()) for row in table.to_pylist()] == one_by_one
    assert index.search_each(queries[:400], 0.7) == [index.search(query, 0.7) for query in queries[:400]]


@pytest.mark.parametrize("threshold", [0.2, 0.5, 0.7, 0.9])
def test_names_of_very_many_words_are_found_too(threshold: float) -> None:
    """Postings tell of a few words of a name only: of the rest it is known what it weighs, or not even that."""
    chance = random.Random(20210314)
    words = ["".join(chance.choices("aeioubdgklmnrst", k=7)) for _ in range(40)] + GIVEN + FORMS[:-1]

    def long(least: int, most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(least, most)))

    names = [long(8, 64) for _ in range(60)] + [long(1, 9) for _ in range(60)]
    kinds = chance.choices(["person", "organisation", "vessel", "other"], k=len(names))
    index = Index.build([str(number) for number in range(len(names))], names, kinds)
    for query in [bent(chance, name) for name in chance.sample(names, 40)]:
        assert index.search(query, threshold) == index.brute_force(query, threshold), query


def test_one_thread_and_two_find_the_same(listed: tuple[Index, list[str]]) -> None:
    index, names = listed
    assert index.search_many(names[:500], 0.7, threads=1) == index.search_many(names[:500], 0.7, threads=2)


def test_what_earlier_searches_learned_changes_no_answer() -> None:
    """An index remembers words between searches of one threshold; whatever was asked before, in whatever order."""
    chance = random.Random(20210331)
    names, kinds = names_of(chance, 600)
    ids = [str(number) for number in range(len(names))]
    used = Index.build(ids, names, kinds)
    for threshold in [0.7, 0.5, 0.5, 0.7, 0.9, 0.7]:
        queries = [bent(chance, name) for name in chance.choices(names, k=300)]
        kind = chance.choice([None, "person", "organisation"])
        new = Index.build(ids, names, kinds)
        assert used.search_many(queries, threshold, kind=kind) == new.search_many(queries, threshold, kind=kind)
        assert used.search(queries[0], threshold) == new.brute_force(queries[0], threshold)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=12),
    st.text(max_size=40),
    st.sampled_from([0.3, 0.7, 0.95]),
)
def test_whatever_the_names_are_nothing_is_lost(names: list[str], query: str, threshold: float) -> None:
    index = Index.build([str(number) for number in range(len(names))], names, "person")
    assert index.search(query, threshold) == index.brute_force(query, threshold)
