"""Word lists of attribution: honorifics, roles, organisations, peoples. Lower case, singular."""

from functools import lru_cache

from retrieval.sentences import SHORT_TITLES, SUFFIXES
from retrieval.terms import stem

#: Ranks and offices that are only ever written so before a name: no "St. Louis".
SHORT_RANKS = frozenset(f"{title}." for title in SHORT_TITLES if title != "st")
HONORIFICS = frozenset(
    """
    mr mrs ms miss mx dr sir dame lord lady madam datuk tan sri professor prof judge justice
    """.split()
)
FEMALE = frozenset(
    """
    mrs ms miss dame lady madam spokeswoman chairwoman congresswoman policewoman businesswoman actress queen
    princess mother sister daughter wife widow woman girl grandmother
    """.split()
)
MALE = frozenset(
    """
    mr sir lord spokesman chairman congressman policeman businessman actor king prince father brother son husband
    man boy grandfather widower
    """.split()
)
ROLES = frozenset(
    """
    president vice premier minister prime secretary senator sen representative rep congressman congresswoman
    councillor councilor councilman councilwoman adviser advisor chief director general attorney governor gov mayor
    chancellor ambassador envoy diplomat spokesman spokeswoman spokesperson officer official commissioner sheriff
    detective inspector superintendent sergeant captain colonel lieutenant major commander admiral head chair
    chairman chairwoman chairperson chief executive ceo cfo founder co-founder cofounder owner manager coach trainer
    striker midfielder defender goalkeeper forward player winger batsman bowler skipper pilot driver judge justice
    prosecutor lawyer solicitor barrister counsel analyst economist strategist professor lecturer researcher
    scientist engineer physicist biologist historian epidemiologist virologist psychologist geologist climatologist
    forecaster meteorologist doctor nurse surgeon physician patient author novelist poet writer artist painter
    director producer actor actress singer musician composer conductor curator critic editor journalist reporter
    correspondent farmer fisherman teacher principal headteacher headmaster student resident neighbour neighbor
    witness survivor victim activist campaigner organiser organizer leader member lawmaker legislator mp peer
    delegate negotiator commissioner bishop archbishop pope imam rabbi king queen prince princess emperor treasurer
    trustee warden ranger firefighter paramedic volunteer shopkeeper businessman businesswoman entrepreneur investor
    trader designer architect planner surveyor archaeologist conservationist biochemist chemist astronomer ecologist
    master oncologist cardiologist paediatrician pediatrician veteran champion nominee candidate contender incumbent
    frontrunner aide staffer pollster columnist host anchor commentator pundit fellow scholar advocate agent boss
    importer exporter speaker whip widow widower pastor blogger lobbyist consultant operative psychiatrist neurologist
    playwright filmmaker comedian
    """.split()
)
#: Words that stand before a role without being one.
MODIFIERS = frozenset(
    """
    deputy acting former assistant associate senior junior state national foreign finance defence defense interior
    security council executive vice prime chief general top gov sen rep gen lt col sgt capt cmdr det supt insp rev
    hon pres presidential mayoral congressional campaign
    """.split()
)
_PEOPLES = frozenset(
    """
    afghan african albanian algerian american arab argentine argentinian armenian asian australian austrian azerbaijani
    bahraini bangladeshi basque belarusian belgian bolivian bosnian brazilian british bulgarian burmese californian
    cambodian cameroonian canadian catalan chechen chilean chinese colombian congolese croatian cuban cypriot czech danish
    dutch ecuadorean egyptian emirati english eritrean estonian ethiopian eu european filipino finnish french georgian
    german ghanaian greek guatemalan haitian honduran hungarian icelandic indian indonesian iranian iraqi irish israeli
    italian ivorian jamaican japanese jordanian kazakh kenyan korean kurdish kuwaiti kyrgyz laotian latvian lebanese liberian
    libyan lithuanian macedonian malaysian malian maltese mexican moldovan mongolian montenegrin moroccan mozambican
    namibian nepalese nepali nicaraguan nigerian norwegian omani pakistani palestinian panamanian paraguayan parisian
    peruvian philippine polish portuguese qatari romanian russian rwandan salvadoran saudi scottish senegalese serbian
    singaporean slovak slovenian somali spanish sudanese swedish swiss syrian taiwanese tajik tanzanian texan thai tibetan
    tunisian turkish ugandan uk ukrainian un uruguayan us uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean
    """.split()
)
#: Parties' names that stand before their people's: "Republican Donald Trump".
PARTIES = frozenset("republican democrat democratic libertarian tory labour conservative".split())
#: What a sentence begins with, and no name: "Unlike Patriot, …", "Even China …".
OPENERS = frozenset(
    """
    after against amid among asked because before behind besides beyond despite during even following given if like likewise
    once only perhaps poor say since suppose though unless unlike until when whereas while without within
    """.split()
)
#: First names that tell a "he" from a "she": the commonest of English-speaking countries that only one sex bears.
FEMALE_NAMES = frozenset(
    """
    abigail agnes alice alicia alison allison amanda amber amelia amy andrea angela anita ann anna anne annette annie april
    audrey barbara beatrice becky bernadette bernice beth betty beverly brenda bridget brittany camila carla carly carmen carol
    carole caroline carolyn catherine cathy charlotte cheryl chloe christina christine cindy claire clara claudia colleen
    connie cynthia daisy danielle deborah debra debbie denise diana diane donna dora doris dorothy edith eileen elaine
    eleanor elena elizabeth ella ellen emily emma erica erin esther ethel eva evelyn felicia fiona florence frances freda
    gail gemma georgia geraldine gillian gina gladys glenda gloria grace hannah harriet hazel heather heidi helen helena
    hilary hillary holly ida imogen irene isabel isabella ivana ivanka jacqueline jane janet janice jasmine jeanne jennifer
    jenny jessica jill joan joanna joanne josephine joy joyce juanita judith judy julia juliana julie june karen kate
    katherine kathleen kathryn kathy katie katrina kirsten kristen kristin laura lauren leah lena lillian lily linda lisa
    liz lois loretta lorraine louise lucia lucille lucy lydia lynn mabel madeleine madeline maggie mandy marcia margaret maria
    marie marilyn marjorie marlene martha mary maureen megan melania melanie melissa mercedes michelle mildred
    miranda miriam molly monica muriel nancy naomi natalie natasha nicola nicole nina nora norma olivia pam pamela patricia
    paula pauline peggy penelope petra phyllis priscilla rachel rebecca regina renee rhonda rita roberta rosa rosalind rose
    rosemary roxanne ruby ruth sally samantha sandra sara sarah sasha sharon sheila shelly shirley sonia sophia sophie
    stella stephanie sue susan susanna suzanne sylvia tamara tammy tanya teresa theresa tina tonya tracy ursula valerie vanessa
    vera veronica victoria violet virginia vivian wanda wendy yolanda yvette yvonne zoe
    """.split()
)
MALE_NAMES = frozenset(
    """
    aaron abdul abraham adam adrian ahmed alan albert alexander alfred allan allen alvin amir andre andrew angus anthony antonio
    archie arnold arthur barack barry benjamin ben bernard bernie bill bob brad bradley brandon brendan brent brett brian
    bruce bryan byron caleb calvin carl carlos cecil chad charles charlie chester christopher chuck clarence clayton clifford
    clinton clive colin craig curtis cyril dan daniel darren dave david dean dennis derek dick dmitri dominic don donald
    doug douglas duncan dustin dwight earl ed eddie edgar edmund eduardo edward edwin elijah elliott eric ernest ethan eugene evan
    felix fernando floyd francis francisco frank franklin fred frederick gareth garry gary gavin geoff geoffrey george gerald gerard
    gilbert glenn gordon graham greg gregory gus guy hank harold harry harvey hassan hector henry herbert herman howard hugh hugo
    ian igor isaac ivan jack jacob jake james jared jason jay jeff jeffrey jeremy jerome jerry jesse jim jimmy joe joel john
    johnny jon jonathan jorge jose joseph josh joshua juan julian justin karl keith ken kenneth kevin kurt kyle lance
    larry lawrence len leo leonard leon leroy liam lloyd lou louis lucas luis luke malcolm manuel marco marcus mario mark martin
    marvin matt matthew maurice max melvin michael miguel mike mitch mitt mohamed mohammed morris muhammad nathan nathaniel neil
    nicholas nick nigel norman oliver omar oscar owen patrick paul pedro percy perry peter phil philip phillip pierre ralph ramon
    randall randy raul ray raymond reginald rex ricardo richard rick rob robert roberto rodney roger roland ron ronald ross roy
    rudy rupert russell ryan samuel saul scott sean sebastian sergei seth shane shaun sidney simon spencer stanley stephen
    steve steven stewart stuart ted terence theodore thomas tim timothy toby todd tom tommy tony travis trevor troy tyler
    victor vincent vladimir wallace walter warren wayne wesley wilfred william winston xavier zachary
    """.split()
)
#: Titles before a lone name that make it a person's: "President Obama", and not "Premier Inn".
PERSONAL_TITLES = frozenset(
    "president minister senator sen governor gov chancellor secretary congressman congresswoman rep mayor pope king queen".split()
)
#: First names that are as often a place's.
PLACES = frozenset(
    "georgia virginia florence chad brent jordan israel charlotte austin sydney madison jackson chelsea lincoln dallas".split()
)
#: Words of one office: a question says "lawyer" where the page says "attorney".
_SAME = {
    "lawyer": "attorney solicitor barrister counsel", "principal": "headteacher headmaster headmistress head",
    "chief": "boss ceo head", "spokesman": "spokeswoman spokesperson", "chairman": "chair chairwoman chairperson",
    "scientist": "researcher", "coach": "trainer", "police": "policeman policewoman", "councillor": "councilor councilman",
    "minister": "secretary", "governor": "gov", "senator": "sen", "representative": "rep", "general": "gen", "colonel": "col",
    "sergeant": "sgt", "captain": "capt", "detective": "det", "fisherman": "fisher", "pensioner": "retiree", "shopkeeper": "trader",
}  # fmt: skip
ORGANISATION = frozenset(
    """
    ministry commission party university house committee department office agency sea states state council court
    police bank group inc ltd corp corporation company street road avenue river lake island islands city county
    province district kingdom republic union association federation institute institution college school hospital
    airport station park centre center museum theatre theater church daily times news post press journal herald
    tribune league cup championship olympics games town treaty agreement war day week month summit conference bureau
    administration authority board service services foundation trust fund society club united city rovers congress
    parliament senate assembly army navy force forces guard transit rovers lines line rail railway railways airways
    airlines motors energy holdings systems bay valley beach mountain north south east west northern southern
    eastern western central international ocean gulf strait desert peninsula plaza square stadium arena survey debates
    """.split()
)
WEEK = tuple("Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
_YEAR = "January February March April May June July August September October November December".split()
WEEKDAYS = frozenset(day.lower() for day in WEEK)
#: Without May, which is a verb and a name too.
DAYS = WEEKDAYS | frozenset(month.lower() for month in _YEAR if month != "May")
#: Patterns, to be set into others.
WEEKDAY, MONTH = f"(?:{'|'.join(WEEK)})", f"(?:{'|'.join(_YEAR)})"
#: "Sen.", "Jr.": what is written short in a name, with its full stop.
SHORT_TITLE = rf"(?:{'|'.join(title.capitalize() for title in SHORT_TITLES + SUFFIXES)})\."


#: Short forms that do not begin like the name they stand for.
_SHORT = {
    "bill": "william", "billy": "william", "bob": "robert", "bobby": "robert", "dick": "richard", "rick": "richard", "liz": "elizabeth",
    "betty": "elizabeth", "beth": "elizabeth", "mike": "michael", "jim": "james", "jimmy": "james", "ted": "edward", "jack": "john",
    "tony": "anthony", "kate": "katherine", "kathy": "katherine", "cathy": "catherine", "chuck": "charles", "harry": "harold",
    "hank": "henry", "peggy": "margaret", "maggie": "margaret", "meg": "margaret", "bernie": "bernard", "larry": "lawrence",
    "sandy": "sandra", "becky": "rebecca", "andy": "andrew", "drew": "andrew", "alex": "alexander", "tom": "thomas", "tommy": "thomas",
}  # fmt: skip


def same_first_name(one: str, other: str) -> bool:
    """Whether two first names can be one person's: "Bill" and "William", "Tim" and "Timothy"."""
    if {one, other} & FEMALE_NAMES and {one, other} & MALE_NAMES:
        return False
    long_one, long_other = _SHORT.get(one, one), _SHORT.get(other, other)
    return long_one == long_other or one.startswith(other) or other.startswith(one)


@lru_cache
def _offices() -> dict[str, frozenset[str]]:
    """Stem of a word → the offices that it may name."""
    found: dict[str, set[str]] = {}
    for office, others in _SAME.items():
        for word in (office, *others.split()):
            found.setdefault(stem(word), set()).add(office)
    return {word: frozenset(offices) for word, offices in found.items()}


def same_role(one: str, other: str) -> bool:
    """Whether two stems are one, or may name one office."""
    return one == other or bool(_offices().get(one, frozenset()) & _offices().get(other, frozenset()))


#: Bodies, as "the union" or "the group Clean Rivers Now" names them.
BODIES = frozenset(
    """
    company firm group carrier airline club agency ministry department union trust office council government
    administration authority association federation commission committee court police university institute hospital
    bank party team embassy commissioner's board body charity organisation organization panel watchdog regulator
    operator retailer manufacturer maker developer newspaper centre center member researchers tank consultancy network
    campaign chain nonprofit magazine website start-up startup
    """.split()
)
#: Offices that are written in initials whether or not the article spells them out with capitals.
POSTS = {"coo": "chief operating officer", "cfo": "chief financial officer", "cto": "chief technology officer"}


def is_nationality(word: str) -> bool:
    """Whether a word says of which country, people or body of states somebody is: "Chinese", "US", "Texan"."""
    return word.replace(".", "").lower() in _PEOPLES
