"""What stands around articles is read once for all pages that have it."""

from generator.audit.shell import Shells
from generator.audit.statement import Wording

HEAD = """<!DOCTYPE html>
<html lang="en"><head><title>{title} - Lakes</title>
<link rel="canonical" href="{address}"></head><body><main>
"""
TAIL = """
<p class="citation">“<cite class="citation__title">{title}</cite>”. <span>Lakes</span>.
<span class="citation__address">{address}</span></p></main><a href="../">Up</a></body></html>"""
PLACE = "https://lakes.example/countries/"


def around(title: str, address: str, cited: str | None = None) -> tuple[str, str]:
    return (
        HEAD.format(title=title, address=address),
        TAIL.format(title=title, address=cited or address),
    )


def test_pages_with_citations_of_their_own_share_a_shell() -> None:
    shells = Shells(Wording(frozenset(), {}))
    one = shells.get(*around("Larkhaven", f"{PLACE}larkhaven/"))
    other = shells.get(*around("Veyland &amp; Ost", f"{PLACE}veyland/"))
    assert one is not None
    assert other is not None
    assert one[0] is other[0]
    assert (one[1], other[1]) == (f"{PLACE}larkhaven/", f"{PLACE}veyland/")
    assert one[0].links == {"../"}


def test_a_citation_of_another_address_is_read_with_its_page() -> None:
    shells = Shells(Wording(frozenset(), {}))
    assert shells.get(*around("Larkhaven", f"{PLACE}larkhaven/", f"{PLACE}veyland/")) is None


def test_a_citation_with_elements_in_it_is_read_with_its_page() -> None:
    shells = Shells(Wording(frozenset(), {}))
    head, tail = around("Larkhaven", f"{PLACE}larkhaven/")
    assert shells.get(head, tail.replace(">Larkhaven<", "><b>Larkhaven</b><")) is None
