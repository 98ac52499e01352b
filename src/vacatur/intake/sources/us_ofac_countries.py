"""OFAC's names of countries, and their codes; its flat files print no codes."""

from __future__ import annotations

_NAMES = """
AE United Arab Emirates|AF Afghanistan|AG Antigua and Barbuda|AL Albania|AM Armenia|AO Angola|AR Argentina|AT Austria
AU Australia|AW Aruba|AZ Azerbaijan|BA Bosnia and Herzegovina|BB Barbados|BD Bangladesh|BE Belgium|BF Burkina Faso
BG Bulgaria|BH Bahrain|BI Burundi|BJ Benin|BM Bermuda|BN Brunei|BO Bolivia|BR Brazil|BS Bahamas, The|BW Botswana
BY Belarus|BZ Belize|CA Canada|CD Congo, Democratic Republic of the|CF Central African Republic
CG Congo, Republic of the|CH Switzerland|CI Cote d Ivoire|CI Cote d'Ivoire|CK Cook Islands|CL Chile|CM Cameroon
CN China|CO Colombia|CR Costa Rica|CU Cuba|CV Cabo Verde|CV Cape Verde|CY Cyprus|CZ Czech Republic|DE Germany
DJ Djibouti|DK Denmark|DM Dominica|DO Dominican Republic|DZ Algeria|EC Ecuador|EE Estonia|EG Egypt|ER Eritrea|ES Spain
ET Ethiopia|FI Finland|FR France|GA Gabon|GB United Kingdom|GE Georgia|GG Guernsey|GH Ghana|GI Gibraltar|GM The Gambia
GN Guinea|GQ Equatorial Guinea|GR Greece|GT Guatemala|GW Guinea-Bissau|GY Guyana|HK Hong Kong|HN Honduras|HR Croatia
HT Haiti|HU Hungary|ID Indonesia|IE Ireland|IL Israel|IM Man, Isle of|IN India|IQ Iraq|IR Iran|IS Iceland|IT Italy
JE Jersey|JM Jamaica|JO Jordan|JP Japan|KE Kenya|KG Kyrgyzstan|KH Cambodia|KM Comoros|KN Saint Kitts and Nevis
KN St. Kitts and Nevis|KN St. Kitts & Nevis|KP Korea, North|KP Democratic People's Republic of Korea|KR Korea, South
KW Kuwait|KY Cayman Islands|KZ Kazakhstan|LA Laos|LB Lebanon|LI Liechtenstein|LK Sri Lanka|LR Liberia|LT Lithuania
LU Luxembourg|LV Latvia|LY Libya|MA Morocco|MC Monaco|MD Moldova|ME Montenegro|MH Marshall Islands
MK North Macedonia, The Republic of|ML Mali|MM Burma|MN Mongolia|MO Macau|MR Mauritania|MT Malta|MU Mauritius
MV Maldives|MW Malawi|MX Mexico|MY Malaysia|MZ Mozambique|NA Namibia|NE Niger|NG Nigeria|NI Nicaragua|NL Netherlands
NO Norway|NP Nepal|NZ New Zealand|OM Oman|PA Panama|PE Peru|PH Philippines|PK Pakistan|PL Poland|PS Palestinian
PT Portugal|PW Palau|PY Paraguay|QA Qatar|RO Romania|RS Serbia|RU Russia|RW Rwanda|SA Saudi Arabia|SC Seychelles
SD Sudan|SE Sweden|SG Singapore|SI Slovenia|SK Slovakia|SL Sierra Leone|SM San Marino|SN Senegal|SO Somalia
SR Suriname|SS South Sudan|ST Sao Tome and Principe|SV El Salvador|SY Syria|TD Chad|TG Togo|TH Thailand|TJ Tajikistan
TM Turkmenistan|TN Tunisia|TR Turkey|TR Turkiye|TT Trinidad and Tobago|TV Tuvalu|TW Taiwan|TZ Tanzania|UA Ukraine
UG Uganda|US United States|UY Uruguay|UZ Uzbekistan|VC Saint Vincent and the Grenadines
VC St. Vincent and the Grenadines|VE Venezuela|VG Virgin Islands, British|VG British Virgin Islands|VN Vietnam
VU Vanuatu|WS Samoa|XK Kosovo|YE Yemen|ZA South Africa|ZM Zambia|ZW Zimbabwe
"""
# XK, which ISO 3166 leaves to its users, is what is commonly written for Kosovo.
_CODES = {row[3:].casefold(): row[:2] for line in _NAMES.split("\n") for row in line.split("|") if row}


def code_of(name: str) -> str:
    """The ISO 3166 code of a country as OFAC names it; empty for a region or a name that is not known."""
    return _CODES.get(name.strip().casefold(), "")
