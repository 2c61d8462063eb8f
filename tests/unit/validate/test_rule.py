"""Rules that other rooms hold to as well."""

import sys

from generator.audit.statement import LONGEST_LABEL, has_digit
from generator.validate.rule import FIGURE, LONGEST_HEADING


def test_what_the_audit_takes_for_a_figure_in_a_label_is_one_to_the_check() -> None:
    signs = map(chr, range(sys.maxunicode + 1))
    assert [sign for sign in signs if bool(FIGURE.search(sign)) != has_digit(sign)] == []


def test_what_the_audit_takes_for_a_label_may_be_as_long() -> None:
    assert LONGEST_HEADING == LONGEST_LABEL
