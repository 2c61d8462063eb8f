"""Invented words and names: plain English nouns, adjectives and verbs, and syllables in seven scripts.

No word here is a number, an ordinal or the name of a month, so that the only figures of a sentence
are those a recipe puts there.
"""

from __future__ import annotations

from random import Random
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NOUNS: Final = _words(
    """
    amber anchor apple archive barge barley basin beacon bell board boat bridge bronze cabin cable
    canal canvas carpet cedar cellar chalk channel chapel charter cheese cider clay clinic cloth
    coal cobalt coffee copper coral cotton court crane cradle creek crystal customs dairy dam deck
    depot dock dredger dune dyke eel engine estate estuary fabric factory fair farm ferry fig fish
    flax fleet flour forest fountain freight fruit garden gate ginger glass glove grain granite
    grape gravel guild hall harbour harvest hedge hemp herring hill honey hospital iron island ivory
    jetty juniper kelp kiln lace ladder lagoon lake lantern laurel lead leather ledger lemon library
    light lime linen lock lumber mackerel magnet maize mango marble market marsh meadow mill mine
    mint mirror moor museum mussel mustard nickel nut oat ochre oil olive onion orchard organ oyster
    pantry paper parcel pasture peach peanut pear peat pepper petrol pier pine pipe plain plank plum
    pond poplar port post pottery prairie pulp pump quarry quay quince rail raisin ranch reed reef
    reservoir resin rice river road rope rubber rye saddle saffron salmon salt sand sawmill school
    seed sesame shale sheep shell shipyard shrimp signal silk silver slate sluice soap spice spring
    squash stable steel stone storage straw stream sugar sulphur summit tannery tea theatre thistle
    timber tin tobacco tower trout tunnel turnip vale valley vanilla vault velvet vessel village
    vineyard walnut warehouse water weir wharf wheat willow wine wool yard zinc
    """
)
ADJECTIVES: Final = _words(
    """
    ancient ample bare barren bitter bold brittle broad busy calm careful central cheap chilly civil
    clear coastal costly crowded damp deep delicate distant dry dusty early eastern elegant empty
    fair faint fertile firm flat foreign formal former fragile frank frozen gentle grand grey handy
    harsh hidden hollow humble idle inland inner joint lasting late lean local lofty lonely long
    lower main marine mild minor modern modest muddy narrow native neat new noble northern old open
    outer pale patient plain polite popular private proud public quiet rapid rare remote rich rigid
    robust rough royal rural sacred safe scarce secret shallow sharp short silent simple slender
    slow small smooth solid southern spare stable steep stern stiff stony strict sturdy subtle
    sunken tall tame tidal tidy tranquil upper urban useful vast vital wealthy western wide wild
    wooden young
    """
)
VERBS: Final = _words(  # regular: the past is the verb and "ed"
    """
    accept adopt audit await back block charter clear conduct connect construct contest deepen
    defend demand direct enlist export extend finish form fund grant guard halt import inspect join
    launch lengthen link lower mend monitor obtain offer order paint patent pilot present proclaim
    protect publish question record redirect reform regain register reject remodel renew rent reopen
    repair resist restart restrain restrict retain return review reward select shelter shift
    strengthen surround survey suspend target test train transport visit weaken widen
    """
)
OFFICES: Final = (
    "President", "Foreign minister", "Harbour master", "Chancellor", "Trade envoy", "Speaker",
    "Treasurer", "Governor", "Ambassador", "Surveyor",
)  # fmt: skip
REGIONS: Final = tuple(
    f"the {side} {place}"
    for side in ("Amber", "Grey", "Inner", "Outer", "Long", "Quiet")
    for place in ("Coast", "Plain", "Islands", "Hills", "Delta", "Lakes")
)
GIVEN: Final = (
    "Ada", "Bela", "Cora", "Dario", "Edda", "Faro", "Gerda", "Hanno", "Ilva", "Jaro", "Kira",
    "Lando", "Mira", "Nilo", "Orla", "Pavo", "Quira", "Runo", "Selma", "Tamo", "Ulla", "Varo",
    "Wanda", "Yaro", "Zora",
)  # fmt: skip
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

LANGUAGES: Final = ("ru", "el", "ar", "he", "ka", "hi")
_SYLLABLES: Final = tuple(
    tuple(row.split())
    for row in """
    ar ар αρ ار אר არ अर
    bel бел μπελ بل בל ბელ बेल
    kas кас κασ كاس קס კას कास
    dor дор ντορ دور דור დორ दोर
    el ел ελ إل אל ელ एल
    fen фен φεν فن פנ ფენ फेन
    gar гар γκαρ غار גר გარ गार
    hal хал χαλ هال הל ჰალ हाल
    il ил ιλ يل יל ილ इल
    jor йор γιορ يور יור იორ योर
    kel кел κελ كل קל კელ केल
    lun лун λουν لون לונ ლუნ लुन
    mar мар μαρ مار מר მარ मार
    nor нор νορ نور נור ნორ नोर
    os ос οσ أوس אוס ოს ओस
    per пер περ بر פר პერ पेर
    ral рал ραλ رال רל რალ राल
    sel сел σελ سل סל სელ सेल
    tor тор τορ تور טור ტორ तोर
    ul ул ουλ أول אול ულ उल
    ven вен βεν فين ונ ვენ वेन
    wes вес ουεσ ويس וס ვეს वेस
    yan ян γιαν يان ינ იან यान
    zor зор ζορ زور זור ზორ जोर
    """.strip().splitlines()
)
_COUNT: Final = len(_SYLLABLES)
STEMS: Final = _COUNT**3
"""How many different stems `stem` gives."""


def stem(number: int, language: str = "") -> str:
    """The name stem of a number: three syllables, different for each number below `STEMS`.

    Args:
        number: Which one.
        language: One of `LANGUAGES` for the same stem in that language's script; Latin if empty.
    """
    column = LANGUAGES.index(language) + 1 if language else 0
    # The factor is coprime to STEMS: neighbours get unlike names, and none comes twice.
    rest = (number * 5_003 + 4_711) % STEMS
    parts = []
    for _ in range(3):
        rest, digit = divmod(rest, _COUNT)
        parts.append(_SYLLABLES[digit][column])
    return "".join(parts).capitalize()


def foreign_words(random: Random, language: str, count: int) -> str:
    """So many invented words in the script of a language."""
    column = LANGUAGES.index(language) + 1
    return " ".join(
        "".join(random.choice(_SYLLABLES)[column] for _ in range(2 + random.randrange(2)))
        for _ in range(count)
    )
