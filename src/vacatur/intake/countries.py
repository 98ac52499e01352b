"""Countries as lists write them, to ISO 3166 alpha-2; what is not clearly one country is none."""

from __future__ import annotations

_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC
CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE
GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM
KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ
NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH
SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG
VI VN VU WF WS YE YT ZA ZM ZW
"""
CODES = frozenset(_CODES.split())
"""The alpha-2 codes of ISO 3166-1."""

_NAMES = """
AE United Arab Emirates|AF Afghanistan|AL Albania|AM Armenia|AO Angola|AR Argentina|AT Austria|AU Australia
AZ Azerbaijan|BA Bosnia and Herzegovina|BD Bangladesh|BE Belgium|BG Bulgaria|BH Bahrain|BI Burundi|BR Brazil
BS Bahamas|BY Belarus|BZ Belize|CA Canada|CD Democratic Republic of the Congo|CD DRC|CF Central African Republic
CG Republic of the Congo|CH Switzerland|CI Côte d’Ivoire|CI Cote d'Ivoire|CL Chile|CM Cameroon|CN China
CN People's Republic of China|CN PRC|CO Colombia|CU Cuba|CY Cyprus|CZ Czech Republic|DE Germany|DJ Djibouti|DK Denmark
DZ Algeria|EE Estonia|EG Egypt|ER Eritrea|ES Spain|ET Ethiopia|FI Finland|FR France|GA Gabon|GB United Kingdom
GB United Kingdom of Great Britain and Northern Ireland|GE Georgia|GH Ghana|GM Gambia|GN Guinea|GQ Equatorial Guinea
GR Greece|GW Guinea-Bissau|HK Hong Kong|HK Hong Kong Special Administrative Region|HN Honduras|HT Haiti|HU Hungary
ID Indonesia|IE Ireland|IL Israel|IN India|IQ Iraq|IR Iran|IR Iran (Islamic Republic of)|IT Italy|JO Jordan|JP Japan
KE Kenya|KG Kyrgyzstan|KH Cambodia|KM Comoros|KM Union of the Comoros|KP DPRK|KP RPDC
KP Democratic People's Republic of Korea|KR Republic of Korea|KW Kuwait|KZ Kazakhstan|LB Lebanon|LI Liechtenstein
LK Sri Lanka|LR Liberia|LT Lithuania|LU Luxembourg|LV Latvia|LY Libya|LY Libyan Arab Jamahiriya|MA Morocco
MD Republic of Moldova|MG Madagascar|MH Marshall Islands|ML Mali|MM Myanmar|MN Mongolia|MR Mauritania|MT Malta
MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NE Niger|NG Nigeria|NL Netherlands|NL The Netherlands|NO Norway
NP Nepal|NZ New Zealand|OM Oman|OM Sultanate of Oman|PA Panama|PE Peru|PH Philippines|PH the Philippines|PK Pakistan
PL Poland|PS State of Palestine|PS Palestinian Territories|PT Portugal|QA Qatar|RO Romania|RS Serbia
RU Russian Federation|RU Russia|RW Rwanda|SA Saudi Arabia|SD Sudan|SE Sweden|SG Singapore|SL Sierra Leone|SN Senegal
SO Somalia|SS South Sudan|SY Syrian Arab Republic|SY Syria|TD Chad|TH Thailand|TJ Tajikistan|TM Turkmenistan
TN Tunisia|TR Turkey|TR Türkiye|TT Trinidad and Tobago|TW Taiwan|TZ United Republic of Tanzania|TZ Tanzania
UA Ukraine|UG Uganda|US United States of America|US United States|UZ Uzbekistan|VE Venezuela|VG British Virgin Islands
VN Viet Nam|VN Vietnam|YE Yemen|ZA South Africa|ZW Zimbabwe
"""


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


_BY_NAME = {_plain(pair[3:]): pair[:2] for line in _NAMES.strip().splitlines() for pair in line.split("|")}


def alpha2(name: str) -> str:
    """The code of a country written as its name or code; empty for anything that is not clearly one country."""
    return name.strip() if name.strip() in CODES else _BY_NAME.get(_plain(name), "")


def single(names: tuple[str, ...]) -> str:
    """The one country that all of these name; empty where they name several, or where one is not understood."""
    codes = {alpha2(name) for name in names}
    return codes.pop() if len(codes) == 1 else ""
