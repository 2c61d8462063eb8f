"""The site map: absolute addresses, in order, without any time."""

import gzip

from generator.publish.sitemap import sitemap_files

SITE = "https://lakes.example/"


def test_pages_of_the_host_and_generated_ones_are_listed_in_order() -> None:
    files = sitemap_files([f"{SITE}about/"], SITE, ["lakes/red/", "lakes/blue/", "lakes/blue/"])
    text = files["sitemap.xml"].decode()
    places = [
        text.index(f"<loc>{SITE}{name}/</loc>") for name in ("about", "lakes/blue", "lakes/red")
    ]
    assert places == sorted(places)
    assert text.count("<url>") == 3


def test_the_packed_one_does_not_know_the_time() -> None:
    files = sitemap_files([], SITE, ["a/"])
    assert files["sitemap.xml.gz"][4:8] == b"\0\0\0\0"
    assert gzip.decompress(files["sitemap.xml.gz"]) == files["sitemap.xml"]


def test_addresses_are_escaped() -> None:
    files = sitemap_files([f"{SITE}?a=1&b=2"], SITE, ["ä/"])
    assert b"?a=1&amp;b=2" in files["sitemap.xml"]
    assert b"%C3%A4/" in files["sitemap.xml"]


def test_without_an_address_of_the_site_there_is_none() -> None:
    assert sitemap_files([], "", ["a/"]) == {}
