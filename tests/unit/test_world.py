"""Values fetched one by one: each once, and those put in their place instead of them."""

from __future__ import annotations

import pytest

from generator.state.world import Lazy


class Fetched:
    def __init__(self) -> None:
        self.keys: list[str] = []

    def __call__(self, key: str) -> str:
        self.keys.append(key)
        return key.upper()


def test_a_value_is_fetched_once_for_all_that_follow() -> None:
    fetch = Fetched()
    first: Lazy[str] = Lazy(["a", "b", "c"], fetch)
    second = first.replaced({"a": "new"})
    assert (second["a"], second["b"], first["b"], first["a"]) == ("new", "B", "B", "A")
    assert fetch.keys == ["b", "a"]
    assert second.replaced({})["a"] == "new"


def test_what_is_no_key_any_more_is_not_there() -> None:
    lazy: Lazy[str] = Lazy(["a", "b"], Fetched())
    assert lazy["a"] == "A"
    less = lazy.replaced({"b": "new"}, ["b"])
    assert (less.get("a"), less["b"]) == (None, "new")
    with pytest.raises(KeyError):
        less["a"]
    again = less.replaced({"a": "back"}, ["a", "b"]).replaced({}, ["a"])
    assert (again["a"], again.get("b")) == ("back", None)
