"""The site map: absolute addresses of all pages, as https://www.sitemaps.org/protocol.html asks."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable
from html import escape
from urllib.parse import quote, urljoin


def sitemap_files(host: Iterable[str], site_url: str, paths: Iterable[str]) -> dict[str, bytes]:
    """The site map, plain and packed, by path in the site.

    It holds no dates, and the packed one no time of packing, so that the same inputs give the same
    bytes. Without an address of the site there is none.

    Args:
        host: Absolute addresses of the host's pages.
        site_url: Address of the site; empty when it is not known.
        paths: Addresses of the generated pages inside the site.
    """
    if not site_url:
        return {}
    addresses = {*host, *(urljoin(site_url, quote(path)) for path in paths)}
    entries = [f"  <url><loc>{escape(address)}</loc></url>\n" for address in sorted(addresses)]
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    )
    plain = "".join([head, *entries, "</urlset>"]).encode()
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as packed:
        packed.write(plain)
    return {"sitemap.xml": plain, "sitemap.xml.gz": buffer.getvalue()}
