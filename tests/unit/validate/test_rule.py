"""Rules that other rooms hold to as well."""

import sys

from generator.audit.statement import has_digit
from generator.validate.rule import FIGURE


def test_what_the_audit_takes_for_a_figure_in_a_label_is_one_to_the_check() -> None:
    signs = map(chr, range(sys.maxunicode + 1))
    assert [sign for sign in signs if bool(FIGURE.search(sign)) != has_digit(sign)] == []
