"""Countries as lists print them, to ISO 3166 alpha-2: English names, names of nationals, three-letter codes.

Only a text that is one country and nothing else is taken; "Pakistan (previous address)" or "(1) Iraq (2) Iran" is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

# ISO 3166-1: alpha-3 and alpha-2 run together.
_CODES = """
ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ
BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA
CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE
DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB
GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR
HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH
KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD
MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA
NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL
PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROUROROMRO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB
SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH
TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE
VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW
"""
_NAMES = """
AE united arab emirates/uae/emirati
AF afghanistan/afghan
AL albania/albanian
AM armenia/armenian
AO angola/angolan
AR argentina/argentine/argentinian
AT austria/austrian
AU australia/australian
AZ azerbaijan/azerbaijani/azeri
BA bosnia and herzegovina/bosnia/bosnian/bosnia-herzegovina
BB barbados/barbadian
BD bangladesh/bangladeshi
BE belgium/belgian
BG bulgaria/bulgarian
BH bahrain/bahraini
BI burundi/burundian
BJ benin/beninese
BM bermuda
BO bolivia/bolivian
BR brazil/brazilian
BY belarus/belarusian/belarussian
BZ belize/belizean
CA canada/canadian
CD democratic republic of the congo/democratic republic of congo/congo (democratic republic)/drc/dr congo
CF central african republic/car/central african
CG congo/republic of the congo
CH switzerland/swiss
CI ivory coast/cote d'ivoire/côte d'ivoire/ivorian
CL chile/chilean
CM cameroon/cameroonian
CN china/chinese/people's republic of china/prc
CO colombia/colombian
CR costa rica/costa rican
CU cuba/cuban
CY cyprus/cypriot
CZ czech republic/czechia/czech
DE germany/german
DJ djibouti/djiboutian
DK denmark/danish
DO dominican republic
DZ algeria/algerian
EC ecuador/ecuadorian
EE estonia/estonian
EG egypt/egyptian
ER eritrea/eritrean
ES spain/spanish
ET ethiopia/ethiopian
FI finland/finnish
FR france/french
GA gabon/gabonese
GB united kingdom/uk/great britain/british/united kingdom of great britain and northern ireland
GE georgia/georgian
GG guernsey
GH ghana/ghanaian
GI gibraltar
GM gambia/gambian/the gambia
GN guinea/guinean/republic of guinea
GQ equatorial guinea
GR greece/greek
GT guatemala/guatemalan
GW guinea-bissau/guinea bissau/republic of guinea-bissau
HK hong kong/hong kong sar/hong kong (china)
HN honduras/honduran
HR croatia/croatian
HT haiti/haitian
HU hungary/hungarian
ID indonesia/indonesian
IE ireland/irish
IL israel/israeli
IM isle of man
IN india/indian
IQ iraq/iraqi
IR iran/iranian/iran (islamic republic of)/islamic republic of iran
IT italy/italian
JE jersey
JM jamaica/jamaican
JO jordan/jordanian
JP japan/japanese
KE kenya/kenyan
KG kyrgyzstan/kyrgyz
KH cambodia/cambodian
KM comoros/comoran
KP north korea/dprk/democratic people's republic of korea/north korean/korea (north)
KR south korea/republic of korea/south korean/korea (south)
KW kuwait/kuwaiti
KY cayman islands
KZ kazakhstan/kazakh/kazakhstani
LA laos/lao people's democratic republic
LB lebanon/lebanese
LI liechtenstein
LK sri lanka/sri lankan
LR liberia/liberian
LT lithuania/lithuanian
LU luxembourg
LV latvia/latvian
LY libya/libyan
MA morocco/moroccan
MC monaco
MD moldova/moldovan/republic of moldova
ME montenegro/montenegrin
MG madagascar
MH marshall islands
MK north macedonia/macedonia/macedonian
ML mali/malian
MM myanmar/burma/burmese/myanmar (burma)
MN mongolia/mongolian
MO macau/macao
MR mauritania/mauritanian
MT malta/maltese
MU mauritius/mauritian
MV maldives/maldivian
MX mexico/mexican
MY malaysia/malaysian
MZ mozambique/mozambican
NA namibia/namibian
NE niger/nigerien
NG nigeria/nigerian
NI nicaragua/nicaraguan
NL netherlands/dutch/the netherlands
NO norway/norwegian
NP nepal/nepalese
NZ new zealand/new zealander
OM oman/omani
PA panama/panamanian
PE peru/peruvian
PH philippines/philippine/filipino
PK pakistan/pakistani
PL poland/polish
PS occupied palestinian territories/palestine/palestinian/palestinian territories/state of palestine
PT portugal/portuguese
PW palau
PY paraguay/paraguayan
QA qatar/qatari
RO romania/romanian
RS serbia/serbian
RU russia/russian/russian federation
RW rwanda/rwandan
SA saudi arabia/saudi arabian/saudi
SC seychelles
SD sudan/sudanese
SE sweden/swedish
SG singapore/singaporean
SI slovenia/slovenian
SK slovakia/slovak
SL sierra leone/sierra leonean
SM san marino
SN senegal/senegalese
SO somalia/somali
SS south sudan/south sudanese
SV el salvador/salvadoran
SY syria/syrian/syrian arab republic
TD chad/chadian
TG togo/togolese
TH thailand/thai
TJ tajikistan/tajik
TM turkmenistan/turkmen
TN tunisia/tunisian
TR turkey/turkish/türkiye
TT trinidad and tobago
TW taiwan/taiwanese
TZ tanzania/tanzanian/united republic of tanzania
UA ukraine/ukrainian
UG uganda/ugandan
US united states/united states of america/usa/american/us
UY uruguay/uruguayan
UZ uzbekistan/uzbek
VE venezuela/venezuelan
VG british virgin islands/virgin islands (british)
VN vietnam/vietnamese/viet nam
VU vanuatu
XK kosovo/kosovan
YE yemen/yemeni
ZA south africa/south african
ZM zambia/zambian
ZW zimbabwe/zimbabwean
"""
_ALPHA3: dict[str, str] = {code[:3]: code[3:] for line in _CODES.split() for code in re.findall(r"[A-Z]{5}", line)}
_BY_NAME = {
    name: line[:2] for line in _NAMES.strip().splitlines() for name in line[3:].split("/")
}  # fmt: skip
# The European institutions' own codes for two member states, old and present.
_EUROPEAN = {"UK": "GB", "EL": "GR"}
_ALPHA2 = frozenset(_ALPHA3.values()) | {"XK"}


@lru_cache(maxsize=4096)
def alpha2(text: str) -> str:
    """A country's alpha-2 code, if the text is one country by name, nationality or code, else empty."""
    text = " ".join(text.split()).strip(" .,;")
    if len(text) == 2 and text.isupper():
        code = _EUROPEAN.get(text, text)
        return code if code in _ALPHA2 else ""
    if len(text) == 3 and text in _ALPHA3:
        return _ALPHA3[text]
    return _BY_NAME.get(text.casefold(), "")
