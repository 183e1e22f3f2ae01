"""What the two written forms of Norwegian have to do with each other, as data for `text.py`.

Nothing here belongs to a region or a municipality: it is the language, and the words every course title shares.
"""

_LETTERS = """
aa>å folkevald>folkevalgt rettlei>veiled rådgje>rådgi handsam>behandl handter>håndter leiing>ledelse
pleiar>pleier
leiar>leder einskap>enhet eining>enhet tenest>tjenest tilset>ansett ansett>ansatt skule>skole skular>skoler
sjuk>syk helsesøst>helsesykepleier heime>hjemme heim>hjem symje>svømme symj>svømm livberg>livred
livredn>livredd vald>vold trusl>trussel trugs>trussel tryggleik>sikkerhet tryggings>sikkerhets leik>lek
meistr>mestr føreb>foreb førehand>forhånd høgd>høyd høgskole>høyskole drikkevat>drikkevan vatn>vann vass>vann
røyr>rør køyr>kjør eigedom>eiendom eigar>eier reinhald>renhold reinhold>renhold reins>rens
vedlikehald>vedlikehold rekneskap>regnskap rekne>regne vaksen>voksen vaksn>voksn framand>fremmed fleir>fler
byggje>bygge utval>utvalg hjarte>hjerte naud>nød sjølv>selv vidare>videre medverk>medvirk
verksemd>virksomhet verkty>verktøy bustad>bolig tilskot>tilskudd tilhøve>forhold teieplikt>taushetsplikt
føresegn>bestemmelse forskrifta>forskrift sakkunn>sakkyndig teikn>tegn kyrkje>kirke kyrkj>kirk fyrste>første
hamn>havn lækjar>lege tannlækj>tannlege kvardag>hverdag mangfald>mangfold rådmann>kommunedirektør
utanning>utdanning øving>øvelse sløkk>slokk slukk>slokk naudsyn>nødvendig einskild>enkelt veg>vei
åtferd>atferd heil>hel verje>verge kjensle>følelse hovud>hoved skuggje>skygge anskaffing>anskaffelse
tilknyting>tilknytning forvalting>forvaltning forflytt>forflytn forureining>forurensning utslepp>utslipp
sprengj>spreng snøskuter>snøscooter midlar>middel midler>middel midla>middel midlene>middel regler>regel
reglar>regel reglane>regel reglene>regel klår>klar døyand>døend ferdigheit>ferdighet
"""
_ENDINGS = """
heitene>hetene heiter>heter heita>heten heit>het leikar>heter leiken>heten skapen>skap arane>erne erane>erne
arar>erer aren>eren ar>er
"""
_WORDS = """
ikkje>ikke kva>hva korleis>hvordan kven>hvem kvar>hver kvifor>hvorfor kor>hvor frå>fra eit>et ein>en ei>en
eg>jeg me>vi dei>de dykk>dere hjå>hos nokon>noen noko>noe mykje>mye berre>bare vere>være gjere>gjøre
gjer>gjør born>barn val>valg ynske>ønske ynskje>ønske nye>ny nytt>ny medan>mens saman>sammen utan>uten
betre>bedre meir>mer fleire>flere sjå>se vegen>vei vegar>vei veg>vei gong>gang lova>lov tilsett>ansatt
tilsette>ansatte treng>trenger teams>teamsapp t>timer stp>studiepoeng kap>kapittel jf>jamfør mv>mer
"""
_SMALL = """
og i på av for til med som er en et den det de ved om fra hos eller å ei ein eit the of in a an samt mot uten
under over etter mellom innen per pr ikke hva hvordan hvem hver hvorfor hvor når jeg vi meg oss min mitt mine
vår våre sin sitt sine dere dem noe noen mye mer flere bare være gjøre gjør kan skal må bør vil få får ha har
blir gi gir se ny nye går ut inn opp ned også både så da man seg hverandre der her dette disse alt blant
trenger treng godt god gode bedre viktig aktuell m inkl ift iht ifm dvs mm evt ca nr jamfør annet andre egen
egne trygg
"""
_COURSE = """
kurs kursing kursdag opplæring grunnkurs grunnopplæring grunnleggende innføring introduksjon innføringskurs
oppfrisking oppfriskning repetisjon fornying fornyelse resertifisering sertifisering oppdatering
oppdateringskurs oppfølging fagdag temadag samling seminar workshop webinar kompetanse kompetanseheving
heving kunnskap økt styrke behov tiltak modul del nybegynner videregående viderekomne videreføring basis
basiskurs årlig halvårlig jevnlig fast plass runde nivå trinn steg fellesopplæring felles digitalt fysisk
obligatorisk lovpålagt pålagt lovkrav forskrift eksamen sertifikat bevis kursbevis dokumentasjonskrav utvidet
kort lang time timer dag dager elæring nettkurs
"""
_VAGUE = """
praksis praktisk teori bruk bruke ansvar rolle metode metodikk verktøy emne tema generell fordypning hverdag
kommune kommunal arbeid jobb jobbe gruppe krav plikt pliktig prøve test program fag faglig lære læring forstå
forståelse plan rutine system intern ekstern regional forebygge arbeide håndtere håndtering behandling
"""
_SUFFIXES = """
ene ane enes anes ende ande inger ingar ingane ingene inga ingen ing elser elsene elsen else er ar en et e a s
ers eret erets ere era eren erne erar erer ning ningen ningene ninga ninger ningar
"""
_WHOLE = """
veileder veiledning veilede rådgiver rådgivning hjertestarter sykepleier sykepleie fagbrev fagskole grunnskole
forvaltning kollega legionella kommune legemiddel middel førstehjelp hjelpemiddel bergsprenger fagfornyelse
læreplan lovpålagt folkehelse fastlege tegnspråk arrangement vaktmester brannvern lærling verneombud utrykning
legevakt
"""


def _pairs(listed: str) -> tuple[tuple[str, str], ...]:
    return tuple((left, right) for left, _, right in (pair.partition(">") for pair in listed.split()))


LETTERS = _pairs(_LETTERS)
"""Nynorsk to bokmål, applied in this order, anywhere in a word in small letters.

The result is a form to compare with, not to show: what matters is that both written forms end alike.
"""
ENDINGS = _pairs(_ENDINGS)
"""Endings of words, nynorsk first; the first that fits counts."""
WORDS: dict[str, str] = dict(_pairs(_WORDS))
"""Whole words that share no stem."""
SMALL_WORDS = frozenset(_SMALL.split())
"""Words that carry no meaning of their own in a title."""
COURSE_WORDS = frozenset(_COURSE.split())
"""Words that say that it is a course, what form it has or how often, not what it is about."""
VAGUE_WORDS = frozenset(_VAGUE.split())
"""Words that stand beside almost any subject; they tell a little, never enough."""
SUFFIXES: tuple[str, ...] = tuple(sorted(_SUFFIXES.split(), key=lambda ending: (-len(ending), ending)))
"""Inflection and derivation that both written forms drop, the longest first."""
WHOLE_WORDS = frozenset(_WHOLE.split())
"""Words that look like two and are one: taken apart they would meet words they have nothing to do with."""
