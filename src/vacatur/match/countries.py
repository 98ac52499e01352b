"""Countries as lists and people write them, to ISO 3166 alpha-2: codes, English names, names of nationals.

Only a text that is one country and nothing else is taken: "Pakistan (previous address)", "Korea" and "Iraq, Iran" are
none. What is written in another way than here is not understood, which costs evidence and never makes any.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

# Alpha-2, alpha-3 (ISO 3166-1, and XK, which it leaves to its users and which is commonly written for Kosovo), names.
_TABLE = """
AD AND Andorra|Principality of Andorra|Andorran
AE ARE United Arab Emirates|UAE|Emirati
AF AFG Afghanistan|Islamic Republic of Afghanistan|Afghan
AG ATG Antigua and Barbuda|Antiguan
AI AIA Anguilla|Anguillan
AL ALB Albania|Albanian
AM ARM Armenia|Armenian
AO AGO Angola|Angolan
AQ ATA Antarctica
AR ARG Argentina|Argentine|Argentinian|Argentine Republic
AS ASM American Samoa
AT AUT Austria|Austrian
AU AUS Australia|Australian
AW ABW Aruba|Aruban
AX ALA Åland Islands|Aland
AZ AZE Azerbaijan|Azerbaijani|Azeri
BA BIH Bosnia and Herzegovina|Bosnia|Bosnian|Bosnia-Herzegovina
BB BRB Barbados|Barbadian
BD BGD Bangladesh|Bangladeshi
BE BEL Belgium|Belgian
BF BFA Burkina Faso|Burkinabe
BG BGR Bulgaria|Bulgarian
BH BHR Bahrain|Kingdom of Bahrain|Bahraini
BI BDI Burundi|Burundian
BJ BEN Benin|Beninese
BL BLM Saint Barthélemy|St Barthelemy
BM BMU Bermuda|Bermudian
BN BRN Brunei Darussalam|Brunei|Bruneian
BO BOL Bolivia|Plurinational State of Bolivia|Bolivia (Plurinational State of)|Bolivian
BQ BES Bonaire, Sint Eustatius and Saba|Caribbean Netherlands
BR BRA Brazil|Brazilian
BS BHS Bahamas|Bahamian|Bahamas, The
BT BTN Bhutan|Bhutanese
BV BVT Bouvet Island
BW BWA Botswana|Motswana
BY BLR Belarus|Belarusian|Belarussian|Republic of Belarus
BZ BLZ Belize|Belizean
CA CAN Canada|Canadian
CC CCK Cocos (Keeling) Islands|Cocos Islands
CD COD Democratic Republic of the Congo|DRC|Congo, Democratic Republic of the|Democratic Republic of Congo
CD COD Congo (Democratic Republic)|DR Congo
CF CAF Central African Republic|CAR|Central African
CG COG Congo|Republic of the Congo|Congo-Brazzaville|Congo Brazzaville|Congo, Republic of the
CH CHE Switzerland|Swiss
CI CIV Côte d'Ivoire|Ivory Coast|Ivorian|Cote d Ivoire
CK COK Cook Islands
CL CHL Chile|Chilean
CM CMR Cameroon|Cameroonian
CN CHN China|Chinese|People's Republic of China|PRC|Mainland China|P R China|PR China
CO COL Colombia|Colombian
CR CRI Costa Rica|Costa Rican
CU CUB Cuba|Cuban
CV CPV Cabo Verde|Cape Verde|Cape Verdean
CW CUW Curaçao
CX CXR Christmas Island
CY CYP Cyprus|Cypriot
CZ CZE Czech Republic|Czechia|Czech
DE DEU Germany|German|Federal Republic of Germany
DJ DJI Djibouti|Djiboutian
DK DNK Denmark|Danish
DM DMA Dominica
DO DOM Dominican Republic
DZ DZA Algeria|Algerian
EC ECU Ecuador|Ecuadorian
EE EST Estonia|Estonian
EG EGY Egypt|Arab Republic of Egypt|Egyptian
EH ESH Western Sahara
ER ERI Eritrea|Eritrean
ES ESP Spain|Spanish
ET ETH Ethiopia|Ethiopian
FI FIN Finland|Finnish
FJ FJI Fiji|Fijian
FK FLK Falkland Islands|Falkland Islands (Malvinas)
FM FSM Micronesia|Federated States of Micronesia|Micronesia (Federated States of)
FO FRO Faroe Islands|Faroese
FR FRA France|French
GA GAB Gabon|Gabonese
GB GBR United Kingdom|UK|Great Britain|British|England|Scotland|Wales|Northern Ireland
GB GBR United Kingdom of Great Britain and Northern Ireland
GD GRD Grenada|Grenadian
GE GEO Georgia|Georgian
GF GUF French Guiana
GG GGY Guernsey
GH GHA Ghana|Ghanaian
GI GIB Gibraltar
GL GRL Greenland
GM GMB Gambia|Gambian
GN GIN Guinea|Guinean|Republic of Guinea
GP GLP Guadeloupe
GQ GNQ Equatorial Guinea
GR GRC Greece|Greek|Hellenic Republic
GS SGS South Georgia and the South Sandwich Islands
GT GTM Guatemala|Guatemalan
GU GUM Guam
GW GNB Guinea-Bissau|Guinea Bissau|Republic of Guinea-bissau
GY GUY Guyana|Guyanese
HK HKG Hong Kong|Hong Kong SAR China|Hongkong|Hong Kong Special Administrative Region|Hong Kong SAR|Hong Kong (China)
HM HMD Heard Island and McDonald Islands
HN HND Honduras|Honduran
HR HRV Croatia|Croatian
HT HTI Haiti|Haitian
HU HUN Hungary|Hungarian
ID IDN Indonesia|Indonesian
IE IRL Ireland|Irish|Republic of Ireland
IL ISR Israel|Israeli
IM IMN Isle of Man|Man, Isle of
IN IND India|Indian
IO IOT British Indian Ocean Territory
IQ IRQ Iraq|Iraqi|Republic of Iraq
IR IRN Iran|Iranian|Iran (Islamic Republic of)|Islamic Republic of Iran
IS ISL Iceland|Icelandic
IT ITA Italy|Italian
JE JEY Jersey
JM JAM Jamaica|Jamaican
JO JOR Jordan|Jordanian|Hashemite Kingdom of Jordan
JP JPN Japan|Japanese
KE KEN Kenya|Kenyan
KG KGZ Kyrgyzstan|Kyrgyz|Kyrgyz Republic|Kyrgyzstani
KH KHM Cambodia|Cambodian
KI KIR Kiribati
KM COM Comoros|Comoran|Comorian|Union of the Comoros
KN KNA Saint Kitts and Nevis|St. Kitts and Nevis
KP PRK North Korea|DPRK|RPDC|Democratic People's Republic of Korea|Korea, North|North Korean|Korea (North)
KR KOR South Korea|Republic of Korea|Korea, South|South Korean|Korea (South)
KW KWT Kuwait|Kuwaiti
KY CYM Cayman Islands|Cayman
KZ KAZ Kazakhstan|Kazakh|Kazakhstani
LA LAO Laos|Lao|Laotian|Lao PDR|Lao People's Democratic Republic
LB LBN Lebanon|Lebanese
LC LCA Saint Lucia|St Lucia
LI LIE Liechtenstein
LK LKA Sri Lanka|Sri Lankan
LR LBR Liberia|Liberian
LS LSO Lesotho
LT LTU Lithuania|Lithuanian
LU LUX Luxembourg|Luxembourgish
LV LVA Latvia|Latvian
LY LBY Libya|Libyan|State of Libya|Libyan Arab Jamahiriya
MA MAR Morocco|Moroccan
MC MCO Monaco|Monegasque
MD MDA Moldova|Republic of Moldova|Moldovan
ME MNE Montenegro|Montenegrin
MF MAF Saint Martin (French part)
MG MDG Madagascar|Malagasy
MH MHL Marshall Islands|Marshallese|Republic of the Marshall Islands
MK MKD North Macedonia|The former Yugoslav Republic of Macedonia|North Macedonia, The Republic of|Macedonia|Macedonian
ML MLI Mali|Malian
MM MMR Myanmar|Burma|Burmese|Myanmar (Burma)
MN MNG Mongolia|Mongolian
MO MAC Macao|Macau|Macao SAR|Macau SAR
MP MNP Northern Mariana Islands
MQ MTQ Martinique
MR MRT Mauritania|Mauritanian
MS MSR Montserrat
MT MLT Malta|Maltese
MU MUS Mauritius|Mauritian
MV MDV Maldives|Maldivian
MW MWI Malawi|Malawian
MX MEX Mexico|Mexican
MY MYS Malaysia|Malaysian
MZ MOZ Mozambique|Mozambican
NA NAM Namibia|Namibian
NC NCL New Caledonia
NE NER Niger|Nigerien
NF NFK Norfolk Island
NG NGA Nigeria|Nigerian
NI NIC Nicaragua|Nicaraguan
NL NLD Netherlands|Holland|Kingdom of the Netherlands|Dutch
NO NOR Norway|Norwegian
NP NPL Nepal|Nepali|Nepalese
NR NRU Nauru|Nauruan
NU NIU Niue
NZ NZL New Zealand|New Zealander
OM OMN Oman|Sultanate of Oman|Omani
PA PAN Panama|Panamanian
PE PER Peru|Peruvian
PF PYF French Polynesia
PG PNG Papua New Guinea|Papua New Guinean
PH PHL Philippines|Philippine|Filipino
PK PAK Pakistan|Islamic Republic of Pakistan|Pakistani
PL POL Poland|Polish
PM SPM Saint Pierre and Miquelon
PN PCN Pitcairn|Pitcairn Islands
PR PRI Puerto Rico|Puerto Rican
PS PSE Palestine|State of Palestine|Palestinian Territories|Palestinian|Occupied Palestinian Territories
PT PRT Portugal|Portuguese
PW PLW Palau|Palauan
PY PRY Paraguay|Paraguayan
QA QAT Qatar|Qatari
RE REU Réunion
RO ROU Romania|Romanian
RS SRB Serbia|Serbian
RU RUS Russia|Russian Federation|Russian
RW RWA Rwanda|Rwandan
SA SAU Saudi Arabia|Kingdom of Saudi Arabia|KSA|Saudi Arabian|Saudi
SB SLB Solomon Islands
SC SYC Seychelles|Seychellois
SD SDN Sudan|Republic of the Sudan|Sudanese
SE SWE Sweden|Swedish
SG SGP Singapore|Singaporean
SH SHN Saint Helena|Saint Helena, Ascension and Tristan da Cunha|St Helena
SI SVN Slovenia|Slovene|Slovenian
SJ SJM Svalbard and Jan Mayen
SK SVK Slovakia|Slovak Republic|Slovak
SL SLE Sierra Leone|Sierra Leonean
SM SMR San Marino|Sammarinese
SN SEN Senegal|Senegalese
SO SOM Somalia|Federal Republic of Somalia|Somali
SR SUR Suriname|Surinamese
SS SSD South Sudan|South Sudanese
ST STP Sao Tome and Principe
SV SLV El Salvador|Salvadorean|Salvadoran
SX SXM Sint Maarten|Sint Maarten (Dutch part)
SY SYR Syria|Syrian Arab Republic|Syrian
SZ SWZ Eswatini|Swaziland|Kingdom of Eswatini|Swazi
TC TCA Turks and Caicos Islands
TD TCD Chad|Chadian
TF ATF French Southern Territories
TG TGO Togo|Togolese
TH THA Thailand|Thai
TJ TJK Tajikistan|Tajik
TK TKL Tokelau
TL TLS Timor-Leste|East Timor|Timor Leste
TM TKM Turkmenistan|Turkmen
TN TUN Tunisia|Tunisian
TO TON Tonga|Tongan
TR TUR Turkey|Turkiye|Turkish
TT TTO Trinidad and Tobago|Trinidadian
TV TUV Tuvalu|Tuvaluan
TW TWN Taiwan|Taiwan, Province of China|Taiwan (Province of China)|Taiwanese
TZ TZA Tanzania|United Republic of Tanzania|Tanzanian
UA UKR Ukraine|Ukrainian
UG UGA Uganda|Ugandan
UM UMI United States Minor Outlying Islands
US USA United States|United States of America|USA|American|US
UY URY Uruguay|Uruguayan
UZ UZB Uzbekistan|Uzbek
VA VAT Vatican City|Holy See|Vatican|Vatican City State
VC VCT Saint Vincent and the Grenadines|St. Vincent and the Grenadines
VE VEN Venezuela|Bolivarian Republic of Venezuela|Venezuela (Bolivarian Republic of)|Venezuelan
VG VGB British Virgin Islands|BVI|Virgin Islands, British|Virgin Islands (British)
VI VIR US Virgin Islands|United States Virgin Islands|Virgin Islands (US)|Virgin Islands, U.S.
VN VNM Viet Nam|Vietnam|Vietnamese
VU VUT Vanuatu
WF WLF Wallis and Futuna
WS WSM Samoa
XK XKX Kosovo|Kosovan
YE YEM Yemen|Republic of Yemen|Yemeni
YT MYT Mayotte
ZA ZAF South Africa|Republic of South Africa|South African
ZM ZMB Zambia|Zambian
ZW ZWE Zimbabwe|Zimbabwean
"""
_COUNTRIES = [(row[:2], row[3:6], row[7:].split("|")) for row in _TABLE.strip().splitlines()]
# The European institutions' own codes for two member states, and Romania's code until 2002.
_OTHERWISE = {"UK": "GB", "EL": "GR", "ROM": "RO"}

_MOST = 200
"""Longest text that can be a country, in characters."""

CODES = frozenset(alpha2 for alpha2, _, _ in _COUNTRIES if alpha2 != "XK")
"""The alpha-2 codes of ISO 3166-1."""

_BY_CODE = {alpha3: alpha2 for alpha2, alpha3, _ in _COUNTRIES} | {code: code for code, _, _ in _COUNTRIES} | _OTHERWISE


def alpha2(text: str) -> str:
    """A country's alpha-2 code, if the text is one country by name, by the name of its nationals, or by a code in
    capitals; else empty.
    """
    return _BY_CODE.get(text.strip(" .,;\t\r\n")) or named(text)


def named(text: str) -> str:
    """The same for texts in which capitals are not a country's code, but perhaps part of a number."""
    return _found(text) if len(text) <= _MOST else ""


def alpha2_or_given(text: str) -> str:
    """A country's code as far as it is understood, codes in small letters too; else the text as it was given."""
    return alpha2(text) or alpha2(text[:_MOST].upper()) or text


def single(texts: Iterable[str]) -> str:
    """The one country that all of these are; empty where they are several, or where one is not understood."""
    codes = {alpha2(text) for text in texts}
    return codes.pop() if len(codes) == 1 else ""


@lru_cache(maxsize=4096)
def _found(text: str) -> str:
    return _by_name().get(_plain(text), "")


@cache
def _by_name() -> dict[str, str]:
    return {_plain(name): alpha2 for alpha2, _, names in _COUNTRIES for name in names}


def _plain(name: str) -> str:
    """A name without case, accents and points, `&` as a word, and without its article."""
    folded = unicodedata.normalize("NFKD", name.replace("’", "'").replace("&", " and ")).casefold()
    bare = "".join(sign for sign in folded if sign != "." and not unicodedata.combining(sign))
    return " ".join(bare.split()).strip(" ,;").removeprefix("the ")
