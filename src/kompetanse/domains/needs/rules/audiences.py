"""For whom: the professions and workplaces of a Norwegian municipality, gathered in sectors.

Two needs for the same sector may be one; "alle" goes with everybody. The table is general: it names no region.
"""

import re
from functools import lru_cache

from kompetanse.kernel.text import COURSE_STEMS, content_words, folded, normalised, stem

EVERYBODY = "alle"

# Who and where. In a title these words say for whom ("for vaktmestere", "i barnehagen").
_PEOPLE: dict[str, str] = {
    EVERYBODY: "alle ansatte medarbeidere personale rådhuset",
    "barnehage": "barnehage barnehagelærer styrer førskolelærer pedagog",
    "skole": """skole lærer elev rektor kontaktlærer grunnskole barneskole ungdomsskole barnetrinn ungdomstrinn
        inspektør""",
    "sfo": "sfo skolefritidsordning",
    "ppt": "ppt spesialpedagog logoped",
    "voksenopplæring": "voksenopplæringslærer programrådgiver flyktningtjeneste",
    "helse": """sykepleier helsefagarbeider hjelpepleier vernepleier sykehjem hjemmetjeneste hjemmesykepleie pleier
        bofellesskap miljøterapeut miljøarbeider pleieassistent helsepersonell ergoterapeut fysioterapeut lege legevakt
        helsesykepleier jordmor hjemmehjelper omsorgsarbeider nattevakt helsestasjon bokollektiv""",
    "leder": """leder avdelingsleder enhetsleder mellomleder toppleder kommunedirektør virksomhetsleder kommunalsjef
        ledergruppe rektor styrer""",
    "kontor": "rådgiver saksbehandler konsulent økonomikonsulent controller arkivar sekretær innkjøper",
    "teknisk": """vaktmester driftsoperatør fagarbeider maskinfører rørlegger elektriker driftsleder ingeniør formann
        uteseksjon gartner sjåfør driftspersonell driftstekniker håndverker byggdrifter veiarbeider anleggsarbeider""",
    "plan": "arealplanlegger planlegger landmåler",
    "renhold": "renholder renholdsoperatør",
    "kjøkken": "kokk kjøkkenassistent kjøkkenpersonell",
    "brann": "brannkonstabel brannvesen brannmannskap feier",
    "nav": "nav gjeldsrådgiver",
    "kultur": "bibliotekar ungdomsarbeider kulturkonsulent",
    "ikt": "superbruker systemansvarlig",
    "assistent": "assistent ufaglært vikar",
}
# Words for a field of work. Beside a need they say for whom; in a title they are what it is about.
_FIELDS: dict[str, str] = {
    "barnehage": "småbarn",
    "voksenopplæring": "voksenopplæring",
    "helse": "helse omsorg pleie institusjon psykisk frisklivssentral",
    "verneombud": "verneombud amu tillitsvalgt hovedverneombud",
    "kontor": "økonomi merkantil kontor servicekontor servicetorg hr lønn kommunikasjon stab",
    "teknisk": "vei va teknisk park renovasjon eiendom verksted",
    "plan": "plan byggesak geodata oppmåling kart",
    "renhold": "renhold",
    "kjøkken": "kjøkken kantine",
    "brann": "brann",
    "barnevern": "barnevern",
    "kultur": "kultur bibliotek kulturskole fritidsklubb ungdomsklubb",
    "politikk": "folkevalgt politiker kommunestyre ordfører formannskap",
    "beredskap": "beredskap beredskapskoordinator kriseledelse",
    "ikt": "ikt it",
    "badevakt": "badevakt bassengvakt svømmehall idrettshall",
}
_PEOPLE_TAILS = "vikar ansatt personale personell assistent lærer leder avdeling mannskap folk team student"
_TAILS = frozenset(stem(word) for word in _PEOPLE_TAILS.split())
_PERSON = re.compile(r"(er|ere|erne|eren|ers)$")


def _table(*sources: dict[str, str]) -> dict[str, tuple[frozenset[str], bool]]:
    """Stem → its sectors, and whether only the form in -er counts (`leder`, not `ledelse`)."""
    table: dict[str, tuple[frozenset[str], bool]] = {}
    for source in sources:
        for sector, listed in source.items():
            for word in listed.split():
                known, person = table.get(stem(word), (frozenset(), True))
                table[stem(word)] = (known | {sector}, person and bool(_PERSON.search(word)))
    return table


_IN_TITLE = _table(_PEOPLE)
_BESIDE = _table(_PEOPLE, _FIELDS)


@lru_cache(maxsize=20_000)
def _sectors_of(word: str, beside: bool) -> frozenset[str]:
    table = _BESIDE if beside else _IN_TITLE
    whole = folded(word)

    def listed(part: str) -> frozenset[str]:
        sectors, person = table.get(stem(part), (frozenset[str](), False))
        return sectors if not person or _PERSON.search(folded(part)) else frozenset()

    if found := listed(whole):
        return found
    for cut in range(len(whole) - 3, 2, -1):
        if beside or stem(whole[cut:]) in _TAILS:
            joined = whole[:cut].removesuffix("s")
            if found := (listed(joined) or listed(whole[cut:])) - {EVERYBODY}:
                return found
    return frozenset()


def sectors(target_group: str) -> frozenset[str]:
    """The sectors a target group names; compounds count by the part that is known (`barnehagevikarar`)."""
    return frozenset(s for w in content_words(target_group) for s in _sectors_of(w, True))


@lru_cache(maxsize=20_000)
def audience_words(title: str) -> frozenset[str]:
    """The words of a title that say for whom rather than what: professions, and what follows "for"."""
    what, _, whom = normalised(title).partition(" for ")
    subject = any(stem(w) not in COURSE_STEMS for w in content_words(what))
    named = frozenset(w for w in content_words(title) if _sectors_of(w, False))
    return named | frozenset(content_words(whom) if subject else ())


def agreement(a: frozenset[str], b: frozenset[str]) -> float:
    """1 when the two speak of one sector, 0 when of different ones, 0.5 when either is open or everybody."""
    if not a - {EVERYBODY} or not b - {EVERYBODY}:
        return 1.0 if a == b and a else 0.5
    return 1.0 if a & b else 0.0
