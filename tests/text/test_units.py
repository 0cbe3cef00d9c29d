"""Units follow from those of the columns."""

import pytest

from linreg.text.units import Units, per, squared, times


def test_the_units_of_a_line():
    units = Units("mpg", ("1000 lb", "standard deviations", ""))
    assert units.loss == "mpg²"
    assert [units.theta(j) for j in range(4)] == [
        *("mpg", "mpg per 1000 lb", "mpg per standard deviation", "mpg"),
    ]
    assert [units.gradient(j) for j in range(4)] == [
        *("mpg", "mpg · 1000 lb", "mpg · standard deviations", "mpg"),
    ]
    assert [units.rate(j) for j in range(4)] == [
        *("", "per (1000 lb)²", "per (standard deviations)²", ""),
    ]


def test_without_any_unit_there_is_nothing_to_say():
    units = Units("", ("", ""))
    assert units.loss == ""
    assert {units.theta(j) + units.gradient(j) + units.rate(j) for j in range(3)} == {""}


@pytest.mark.parametrize(
    ("unit", "square"),
    [
        *(("mpg", "mpg²"), ("m²", "m⁴"), ("m³", "m⁶"), ("°C", "°C²"), ("%", "%²"), ("", "")),
        *(("km/h", "(km/h)²"), ("US dollars", "(US dollars)²"), ("m⁻¹", "(m⁻¹)²")),
        *(("m s", "(m s)²"), ("1000", "(1000)²"), ("€", "€²"), ("m^2", "(m^2)²")),
    ],
)
def test_squares(unit, square):
    assert squared(unit) == square


@pytest.mark.parametrize(
    ("y", "x", "quotient", "product"),
    [
        ("kg", "m", "kg per m", "kg · m"),
        ("kg", "", "kg", "kg"),
        ("", "m", "per m", "m"),
        ("tips", "people", "tips per person", "tips · people"),
        ("€", "€", "€ per €", "€²"),
        ("km/h", "s", "km/h per s", "(km/h) · s"),
        ("s", "km/h", "s per (km/h)", "s · (km/h)"),
        ("l per km", "t", "(l per km) per t", "(l per km) · t"),
        ("t", "l per km", "t per (l per km)", "t · (l per km)"),
        ("y", "days", "y per day", "y · days"),
        ("y", "US dollars", "y per US dollar", "y · US dollars"),
        ("y", "inches", "y per inch", "y · inches"),
        ("y", "boxes", "y per box", "y · boxes"),
        ("y", "degrees celsius", "y per degrees celsius", "y · degrees celsius"),
        ("y", "lbs", "y per lbs", "y · lbs"),
        ("y", "1000 pounds", "y per 1000 pounds", "y · 1000 pounds"),
        ("y", "glass", "y per glass", "y · glass"),
    ],
)
def test_quotients_and_products(y, x, quotient, product):
    assert per(y, x) == quotient
    assert times(y, x) == product


SINGULARS = {
    **{"doses": "dose", "cities": "city", "siemens": "siemens", "hertz": "hertz"},
    **{"celsius": "celsius", "degrees": "degree", "feet": "foot", "inches": "inch"},
    **{"boxes": "box", "lenses": "lens", "gases": "gas", "buses": "bus", "houses": "house"},
    **{"bases": "base", "analyses": "analysis", "radians": "radian", "glasses": "glass"},
    **{"classes": "class", "miles": "mile", "lux": "lux", "gauss": "gauss", "days": "day"},
    **{"kelvins": "kelvin", "matches": "match", "potatoes": "potato", "movies": "movie"},
    **{"series": "series", "species": "species", "people": "person", "children": "child"},
    **{"mice": "mouse", "knives": "knife", "thousands": "thousand", "glass": "glass"},
    **{"henries": "henry", "teslas": "tesla", "joules": "joule", "newtons": "newton"},
    **{"sizes": "size", "prizes": "prize", "waltzes": "waltz", "quizzes": "quiz"},
    **{"cases": "case", "phases": "phase", "courses": "course", "purchases": "purchase"},
    **{"viruses": "virus", "causes": "cause", "toes": "toe", "shoes": "shoe", "ties": "tie"},
    **{"waves": "wave", "valves": "valve", "axes": "axis", "taxes": "tax", "tomatoes": "tomato"},
    **{"calories": "calorie", "batteries": "battery", "pixels": "pixel", "lens": "lens"},
    **{"basis": "basis", "bias": "bias", "dishes": "dish", "churches": "church", "men": "man"},
    **{"euros": "euro", "kilos": "kilo", "bytes": "byte", "minutes": "minute", "moles": "mole"},
    **{"responses": "response", "licenses": "license", "diseases": "disease", "yards": "yard"},
}


@pytest.mark.parametrize("plural", SINGULARS)
def test_a_quotient_is_by_one_of_them(plural):
    assert per("y", plural) == f"y per {SINGULARS[plural]}"
    assert per("y", f"light {plural}") == f"y per light {SINGULARS[plural]}"
    assert times("y", plural) == f"y · {plural}"


# In pairs, the plural first.
PLURALS = """
thieves thief, knives knife, penknives penknife, wives wife, housewives housewife, lives life,
half-lives half-life, olives olive, archives archive, drives drive, hives hive, wolves wolf,
halves half, shelves shelf, bookshelves bookshelf, calves calf, elves elf, valves valve,
leaves leaf, loaves loaf, sheaves sheaf, sleeves sleeve, nerves nerve, curves curve, waves wave,
graves grave, scarves scarf, dwarves dwarf, hooves hoof, grooves groove, gloves glove, stoves stove,
roofs roof, chiefs chief, beliefs belief, cliffs cliff, oases oasis, analyses analysis,
hypotheses hypothesis, theses thesis, syntheses synthesis, parentheses parenthesis, crises crisis,
diagnoses diagnosis, prognoses prognosis, emphases emphasis, neuroses neurosis, psychoses psychosis,
metamorphoses metamorphosis, metastases metastasis, paralyses paralysis, electrolyses electrolysis,
phases phase, phrases phrase, bases base, doses dose, roses rose, noses nose, hoses hose,
purposes purpose, ellipses ellipse, axes axis, taxes tax, faxes fax, indexes index, indices index,
vertices vertex, vortices vortex, matrices matrix, appendices appendix, prices price,
services service, slices slice, devices device, physics physics, mathematics mathematics,
logistics logistics, analytics analytics, optics optics,
economics economics, genetics genetics, electronics electronics, ethics ethics, topics topic,
clinics clinic, fabrics fabric, metrics metric, statistics statistic, plastics plastic,
critics critic, antibiotics antibiotic, buses bus, viruses virus, bonuses bonus, campuses campus,
statuses status, censuses census, surpluses surplus, houses house, causes cause, clauses clause,
pauses pause, uses use, excuses excuse, fuses fuse, spouses spouse, blouses blouse, gases gas,
biogases biogas, aliases alias, atlases atlas, canvases canvas, lenses lens, senses sense,
expenses expense, licenses license, responses response, irises iris, cases case, vases vase,
leases lease, releases release, purchases purchase, databases database, nurses nurse, horses horse,
courses course, glasses glass, classes class, masses mass, losses loss, passes pass, bosses boss,
actresses actress, addresses address, processes process, witnesses witness, dishes dish,
wishes wish, bushes bush, crashes crash, flashes flash, brushes brush, fishes fish, boxes box,
foxes fox, mixes mix, waltzes waltz, quizzes quiz, buzzes buzz, sizes size, prizes prize,
breezes breeze, matches match, watches watch, churches church, benches bench, beaches beach,
coaches coach, peaches peach, approaches approach, batches batch, branches branch, inches inch,
patches patch, sandwiches sandwich, switches switch, caches cache, headaches headache,
niches niche, avalanches avalanche, cities city, countries country, families family,
batteries battery, companies company, therapies therapy, copies copy, parties party, ladies lady,
babies baby, bodies body, berries berry, counties county, duties duty, enemies enemy,
factories factory, galaxies galaxy, queries query, salaries salary, stories story,
supplies supply, days day, boys boy, keys key, toys toy, journeys journey, surveys survey,
ties tie, neckties necktie, pies pie, movies movie, cookies cookie, calories calorie,
kilocalories kilocalorie, zombies zombie, selfies selfie, brownies brownie, smoothies smoothie,
veggies veggie, prairies prairie, potatoes potato, tomatoes tomato, heroes hero, echoes echo,
volcanoes volcano, mosquitoes mosquito, vetoes veto, cargoes cargo, mangoes mango,
buffaloes buffalo, tornadoes tornado, photos photo, pianos piano, euros euro, kilos kilo,
videos video, radios radio, ratios ratio, zeros zero, zoos zoo, toes toe, shoes shoe,
horseshoes horseshoe, canoes canoe, foes foe, oboes oboe, people person, children child,
grandchildren grandchild, women woman, firemen fireman, policemen policeman, salesmen salesman,
mice mouse, dice die, oxen ox, feet foot, teeth tooth, geese goose, bacteria bacterium,
spectra spectrum, quanta quantum, strata stratum, criteria criterion, phenomena phenomenon,
nuclei nucleus, radii radius, fungi fungus, stimuli stimulus, cacti cactus, series series,
species species, means means, news news, siemens siemens, biceps biceps, scissors scissors,
crossroads crossroads, headquarters headquarters, earnings earnings, savings savings,
celsius celsius, hertz hertz, lux lux, gauss gauss, basis basis, axis axis, bias bias,
canvas canvas, glass glass, mass mass, virus virus, status status, chaos chaos, specimen specimen,
sheep sheep, menus menu, plateaus plateau, taxis taxi, safaris safari, synopses synopsis,
fish fish, data data, metres metre, meters meter, litres litre, grams gram,
kilograms kilogram, pounds pound, ounces ounce, miles mile, yards yard, acres acre,
hectares hectare, gallons gallon, pints pint, barrels barrel, bushels bushel, tonnes tonne,
degrees degree, radians radian, kelvins kelvin, joules joule, newtons newton, pascals pascal,
volts volt, watts watt, kilowatts kilowatt, amperes ampere, ohms ohm, farads farad, teslas tesla,
webers weber, henries henry, lumens lumen, candelas candela, becquerels becquerel, moles mole,
seconds second, minutes minute, hours hour, weeks week, months month, quarters quarter, years year,
decades decade, centuries century, bits bit, bytes byte, kilobytes kilobyte, pixels pixel,
frames frame, cycles cycle, dollars dollar, cents cent, francs franc, rupees rupee, pesos peso,
shares share, sales sale, items item, units unit, orders order, customers customer, users user,
patients patient, employees employee, students student, teachers teacher, schools school,
rooms room, bedrooms bedroom, floors floor, storeys storey, cars car, bicycles bicycle,
trips trip, flights flight, passengers passenger, cylinders cylinder, cups cup, spoons spoon,
eggs egg, trees tree, seeds seed, plants plant, bees bee, cows cow, pigs pig, monkeys monkey,
cells cell, genes gene, proteins protein, molecules molecule, atoms atom, electrons electron,
particles particle, waves wave, words word, pages page, sentences sentence, letters letter,
clicks click, views view, visits visit, messages message, errors error, requests request,
percents percent, points point, goals goal, games game, matches match, wins win, crimes crime,
deaths death, births birth, infections infection, tests test, vaccines vaccine, tablets tablet
"""
PAIRS = [tuple(pair.split()) for pair in PLURALS.replace("\n", " ").split(",")]


def test_hundreds_of_plurals_have_their_singular():
    assert len(PAIRS) > 300
    wrong = {
        plural: per("y", plural) for plural, one in PAIRS if per("y", plural) != f"y per {one}"
    }
    assert not wrong
    changed = {
        one: per("y", one) for _, one in PAIRS if len(one) > 3 and per("y", one) != f"y per {one}"
    }
    assert not changed  # a singular is one already


@pytest.mark.parametrize(
    ("unit", "one"),
    [
        ("thousands of dollars", "thousand dollars"),
        ("tens of thousands of dollars", "ten thousand dollars"),
        ("hundreds of millions of years", "hundred million years"),
        ("millions of US dollars", "million US dollars"),
        ("dozens of eggs", "dozen eggs"),
        ("degrees of freedom", "degree of freedom"),
        ("cups of coffee", "cup of coffee"),
        ("pairs of shoes", "pair of shoes"),
        ("person-years", "person-year"),
        ("kilowatt-hours", "kilowatt-hour"),
        ("square feet", "square foot"),
        ("1000 pairs of shoes", "1000 pairs of shoes"),
        ("lbs", "lbs"),
    ],
)
def test_of_several_words_the_counted_one_is_singular(unit, one):
    assert per("y", unit) == f"y per {one}"
