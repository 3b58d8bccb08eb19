"""Word lists of attribution: honorifics, roles, organisations, peoples. Lower case, singular."""

from functools import lru_cache

from retrieval.terms import stem

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
    man boy grandfather
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
    master oncologist cardiologist paediatrician pediatrician veteran champion
    """.split()
)
#: Words that stand before a role without being one.
MODIFIERS = frozenset(
    """
    deputy acting former assistant associate senior junior state national foreign finance defence defense interior
    security council executive vice prime chief general top gov sen rep gen lt col sgt capt cmdr det supt insp rev
    hon pres
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
#: Words of one office: a question says "lawyer" where the page says "attorney".
_SAME = {
    "lawyer": "attorney solicitor barrister counsel", "principal": "headteacher headmaster headmistress",
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
    eastern western central international
    """.split()
)
DAYS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december
    """.split()
)


@lru_cache
def _same_stems() -> dict[str, str]:
    return {stem(other): stem(word) for word, others in _SAME.items() for other in others.split()}


def same_role(term: str) -> str:
    """One stem for words of one office."""
    return _same_stems().get(term, term)


def is_nationality(word: str) -> bool:
    """Whether a word says of which country, people or body of states somebody is: "Chinese", "US", "Texan"."""
    return word.replace(".", "").lower() in _PEOPLES
