"""Units of the parameters, the loss, the gradient and the learning rate."""

import re
from dataclasses import dataclass

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# What a unit or a thing that is counted may be; a library of plurals takes seconds to import,
# and makes “celsiu” of celsius. The first pattern that fits decides, with what becomes of the end.
PLURALS = (
    # no plural, or one that is its own singular
    (r"(series|species|means|news|lens|siemens|biceps|triceps|forceps|corps|summons)$", r"\1"),
    (r"(gas|alias|atlas|bias|canvas|christmas|pancreas|chaos|cosmos|ethos|asbestos)$", r"\1"),
    (r"(rhinoceros|crossroads|headquarters|barracks|scissors|trousers|pants|jeans)$", r"\1"),
    (
        r"^(earnings|savings|goods|clothes|odds|proceeds|molasses|diabetes|measles|rabies|herpes)$",
        r"\1",
    ),
    (r"((?:phys|mathemat|econom|econometr|polit|eth|athlet|gymnast|linguist|genet)ics)$", r"\1"),
    (r"((?:robot|acoust|electron|thermodynam|aerodynam|informat|obstetr|paediatr)ics)$", r"\1"),
    (r"((?:logist|analyt|opt|kinet|dynam|hydraul|semant|forens|aerob|ergonom)ics)$", r"\1"),
    # irregular
    (r"people$", "person"),
    (r"(ch)ildren$", r"\1ild"),
    (r"^(wo|fire|police|sales|work|fisher|crafts|chair|spokes|horse|post|milk|)men$", r"\1man"),
    (r"^(dor)?mice$", r"\1mouse"),
    (r"^lice$", "louse"),
    (r"^dice$", "die"),
    (r"^oxen$", "ox"),
    (r"^(fore)?feet$", r"\1foot"),
    (r"^(eye)?teeth$", r"\1tooth"),
    (r"^geese$", "goose"),
    (r"quizzes$", "quiz"),
    (r"(bacteri|quant|spectr|strat|errat|addend|curricul|stadi|mill?enni)a$", r"\1um"),
    (r"(criteri|phenomen|automat|polyhedr)a$", r"\1on"),
    (r"^(fung|nucle|radi|stimul|cact|alumn|foc|loc|bacill|syllab|terminol)i$", r"\1us"),
    # -ves
    (r"(kni|wi|^li|-li|afterli)ves$", r"\1fe"),
    (r"(wol|hal|shel|sel|cal|^el|shea|lea|loa|thie|scar|dwar|whar|hoo)ves$", r"\1f"),
    # -ses and -xes
    (r"(ly|the|cri|gno|^oa|empha|metasta|homeosta|gene|neme|cathar|synop)ses$", r"\1sis"),
    (r"((?:neur|psych|scler|fibr|thromb|necr|osm|symbi|cirrh|mei|mit|metamorph)o)ses$", r"\1sis"),
    (r"^axes$", "axis"),
    (
        r"(gas|alias|atlas|bias|canvas|lens|iris|ibis|pelvis|mantis|pancreas|christmas|cosmos)es$",
        r"\1",
    ),
    (r"(excuse|^abuse|fuse|^muse|^ruse|recluse|hypotenuse|posse|crevasse|impasse|mousse)s$", r"\1"),
    (r"([^ao]us|ss|[xz]z|tz|sh|x)es$", r"\1"),  # buses, not houses; glasses, waltzes, dishes, boxes
    # -ches, -ices, -ies and -oes
    (r"((?:head|tooth|back|stomach|heart|ear|^)ache)s$", r"\1"),
    (r"(cache|niche|quiche|avalanche|m[ou]+stache|cliche|psyche|brioche)s$", r"\1"),
    (r"ches$", "ch"),
    (r"(matr|append|hel)ices$", r"\1ix"),
    (r"(ind|vert|vort|cod|ap)ices$", r"\1ex"),
    (r"((?:cook|mov|calor|zomb|self|brown|rook|gen|hipp|prair|bird|goal|smooth|sort)ie)s$", r"\1"),
    (r"((?:coll|freeb|newb|rever|aunt|vegg|food|hood|ind|junk|book|group|yupp|pix)ie)s$", r"\1"),
    (r"((?:neckt|magp|budg|laddr|lass|talk|rool|eer|camarader)ie)s$", r"\1"),
    (r"(?<=..)ies$", "y"),  # cities, not ties
    (r"(shoe|^canoe|^oboe|^floe|^aloe|^throe|^sloe|tiptoe|mistletoe)s$", r"\1"),
    (r"(?<=..o)es$", ""),  # potatoes, not toes
    # -us, -is and -sses
    (r"(eau|menu|emu|guru|gnu|haiku|caribou|taxi|ski|kiwi|alibi|bikini|safari|tsunami)s$", r"\1"),
    (r"(?<![isu])s$", ""),  # doses, days; not basis, glass or celsius
)
COUNTED = r"(ten|hundred|thousand|million|billion|trillion|dozen)s of (.+)"


@dataclass(frozen=True)
class Units:
    """Units of what training computes; j counts as in θj, so 0 is the intercept.

    Attributes
    ----------
    target : str
        Unit of y, and of ỹ.
    features : tuple of str, M of them
    """

    target: str
    features: tuple[str, ...]

    @property
    def loss(self) -> str:
        """Unit of TSSE, MSE and ½MSE: n is a pure number."""
        return squared(self.target)

    def theta(self, j: int) -> str:
        """Return the unit of θj."""
        return per(self.target, self.features[j - 1]) if j else self.target

    def gradient(self, j: int) -> str:
        """Return the unit of ∂loss/∂θj: that of the loss, divided by that of θj."""
        return times(self.target, self.features[j - 1]) if j else self.target

    def rate(self, j: int) -> str:
        """Return the unit of η in the step of θj: that of θj, divided by that of ∂loss/∂θj."""
        return per("", squared(self.features[j - 1])) if j else ""


def per(unit: str, other: str) -> str:
    """Return the unit of a quotient: mpg per 1000 lb."""
    if not other:
        return unit
    below = f"({other})" if re.search(r" per |[/·,]", other) else _one(other)
    above = f"({unit})" if re.search(r" per |,", unit) else unit
    return f"{above} per {below}".strip()


def times(unit: str, other: str) -> str:
    """Return the unit of a product: mpg · 1000 lb."""
    if unit == other:
        return squared(unit)
    factors = (f"({u})" if re.search(r" per |[/,]", u) else u for u in (unit, other) if u)
    return " · ".join(factors)


def squared(unit: str) -> str:
    """Return the square of a unit: mpg², (1000 lb)², m⁴ for m²."""
    if not unit:
        return ""
    plain = re.fullmatch(rf"([^\s/·^*,()\d{SUPERSCRIPTS}⁻-]+)([²³⁴])?", unit)
    if not plain:
        return f"({unit})²"
    return plain[1] + SUPERSCRIPTS[2 * SUPERSCRIPTS.index(plain[2] or "¹")]


def _one(unit: str) -> str:
    """Return the singular of a unit: day for days, US dollar for US dollars."""
    many = ""
    while counted := re.fullmatch(COUNTED, unit):
        many, unit = f"{many}{counted[1]} ", counted[2]
    if many:
        return many + unit
    head, of, rest = unit.partition(" of ")
    *most, last = re.split(r"(?<=[ -])", head)
    if re.match(r"\d", unit) or not re.fullmatch(r"[a-z]{4,}|men", last):
        return unit  # with a number, or short: mostly a symbol, such as lbs
    return "".join([*most, _singular(last), of, rest])


def _singular(word: str) -> str:
    fitting = (re.subn(pattern, ending, word, count=1) for pattern, ending in PLURALS)
    return next((singular for singular, times in fitting if times), word)
