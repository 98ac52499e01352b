"""OFAC's XML: three schemas, one reading; and the deltas between editions."""

import io
import zipfile
from dataclasses import replace

import pytest

from vacatur.errors import InputError
from vacatur.intake.reading import File
from vacatur.intake.sources.us_ofac import SOURCES
from vacatur.intake.sources.us_ofac_delta import apply_delta
from vacatur.model.listed import Listed

SDN, CONS = SOURCES

LEGACY = """<?xml version="1.0" standalone="yes"?>
<sdnList xmlns="http://tempuri.org/sdnList.xsd">
<publshInformation><Publish_Date>05/06/2024</Publish_Date><Record_Count>1</Record_Count></publshInformation>
<sdnEntry><uid>7</uid><firstName>Otto</firstName><lastName>QUAY</lastName><title>Pilot</title>
<sdnType>Individual</sdnType><remarks>All piers; (Linked To: BETA LINE)</remarks>
<programList><program>SALT</program><program>PEPPER</program></programList>
<idList><id><uid>1</uid><idType>Passport</idType><idNumber>A12</idNumber><idCountry>Cuba</idCountry></id>
<id><uid>2</uid><idType>Gender</idType><idNumber>Male</idNumber></id></idList>
<akaList><aka><uid>3</uid><type>a.k.a.</type><category>weak</category><lastName>OTTO</lastName></aka>
<aka><uid>4</uid><type>f.k.a.</type><category>strong</category><lastName>QUAI</lastName><firstName>O.</firstName></aka>
</akaList><addressList><address><uid>5</uid><address1>1 Pier</address1><city>Port</city><postalCode>99</postalCode>
<country>Cuba</country></address></addressList>
<nationalityList><nationality><uid>6</uid><country>Cuba</country><mainEntry>true</mainEntry></nationality>
</nationalityList><dateOfBirthList><dateOfBirthItem><uid>8</uid><dateOfBirth>10 Dec 1948</dateOfBirth>
<mainEntry>true</mainEntry></dateOfBirthItem></dateOfBirthList></sdnEntry></sdnList>"""

NAMES = """<names><name id="1"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>
<translation id="2"><isPrimary>false</isPrimary><script refId="1">Cyrillic</script>
<formattedFullName>КВАЙ, Отто</formattedFullName></translation><translation id="3"><isPrimary>true</isPrimary>
<script refId="2">Latin</script><formattedFullName>QUAY, Otto</formattedFullName></translation></translations></name>
<name id="4"><isPrimary>false</isPrimary><aliasType refId="1400">A.K.A.</aliasType><isLowQuality>true</isLowQuality>
<translations><translation id="5"><isPrimary>true</isPrimary><script refId="2">Latin</script>
<formattedFullName>OTTO</formattedFullName></translation></translations></name>
<name id="14"><isPrimary>false</isPrimary><aliasType refId="1401">F.K.A.</aliasType><isLowQuality>false</isLowQuality>
<translations><translation id="15"><isPrimary>true</isPrimary><script refId="2">Latin</script>
<formattedFullName>QUAI, O.</formattedFullName></translation></translations></name></names>"""

ENTITY = f"""<generalInfo><identityId>70</identityId><entityType refId="600">Individual</entityType><title>Pilot</title>
<remarks>All piers</remarks></generalInfo>
<sanctionsLists><sanctionsList refId="1550" id="1" datePublished="2024-05-01">SDN List</sanctionsList>
</sanctionsLists><sanctionsPrograms><sanctionsProgram refId="1" id="1">SALT</sanctionsProgram>
<sanctionsProgram refId="2" id="2">PEPPER</sanctionsProgram></sanctionsPrograms>{NAMES}
<addresses><address id="1"><country refId="1">Cuba</country><translations><translation id="1">
<isPrimary>true</isPrimary><addressParts>
<addressPart id="1"><type refId="1">ADDRESS1</type><value>1 Pier</value></addressPart>
<addressPart id="2"><type refId="2">CITY</type><value>Port</value></addressPart>
<addressPart id="3"><type refId="3">POSTAL CODE</type><value>99</value></addressPart></addressParts></translation>
</translations></address></addresses>
<features><feature id="1"><type featureTypeId="8">Birthdate</type><value>10 Dec 1948</value></feature>
<feature id="2"><type featureTypeId="9">Gender</type><value>Male</value></feature>
<feature id="3"><type featureTypeId="10">Nationality Country</type><value>Cuba</value></feature></features>
<identityDocuments><identityDocument id="1"><type refId="1">Passport</type><documentNumber>A12</documentNumber>
<isValid>true</isValid><issuingCountry refId="1">Cuba</issuingCountry></identityDocument></identityDocuments>
<relationships><relationship id="1"><type refId="1">Acting for or on behalf of</type>
<relatedEntity entityId="9">BETA LINE</relatedEntity></relationship></relationships>"""

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<sanctionsData xmlns="https://www.treasury.gov/ofac/'
INFO = "<publicationInfo><dataAsOf>2024-05-06T00:00:00</dataAsOf><filters>{}</filters></publicationInfo>"
PARTS = ENTITY.replace("<title>", '<title action="add">')
LISTS = '<sanctionsLists><sanctionsList refId="1550">SDN List</sanctionsList></sanctionsLists>'
ONLY = "<sanctionsPrograms><sanctionsProgram>SALT</sanctionsProgram></sanctionsPrograms>"


def enhanced(entity: str = ENTITY, filters: str = LISTS, times: int = 1) -> File:
    entities = f'<entity id="7">{entity}</entity>' * times
    return File(
        "e.xml", f'{HEAD}ENHANCED_XML">{INFO.format(filters)}<entities>{entities}</entities></sanctionsData>'.encode()
    )


def delta(*entities: str, day: str = "2024-05-07") -> File:
    info = f"<publicationInfo><datePublished>{day}T00:00:00-04:00</datePublished></publicationInfo>"
    body = f"{info}<entities>{''.join(entities)}</entities></sanctionsData>"
    return File("d.xml", f'{HEAD}DeltaFile/1.0">{body}'.encode())


ADVANCED = """<?xml version="1.0" encoding="utf-8"?>
<Sanctions xmlns="http://www.un.org/sanctions/1.0" Version="3">
<DateOfIssue CalendarTypeID="1"><Year>2024</Year><Month>5</Month><Day>6</Day></DateOfIssue>
<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType></AliasTypeValues>
<CountryValues><Country ID="1" ISO2="CU">Cuba</Country></CountryValues>
<FeatureTypeValues><FeatureType ID="8">Birthdate</FeatureType><FeatureType ID="10">Nationality Country</FeatureType>
<FeatureType ID="25">Location</FeatureType><FeatureType ID="224">Gender</FeatureType></FeatureTypeValues>
<DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
<IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType></IDRegDocTypeValues>
<LocPartTypeValues><LocPartType ID="1451">ADDRESS1</LocPartType><LocPartType ID="1454">CITY</LocPartType>
<LocPartType ID="1456">POSTAL CODE</LocPartType></LocPartTypeValues>
<ListValues><List ID="1550">SDN List</List></ListValues>
<NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType>
</NamePartTypeValues>
<PartySubTypeValues><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType></PartySubTypeValues>
<SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType></SanctionsTypeValues>
<ScriptValues><Script ID="215" ScriptCode="Latin">Latin</Script><Script ID="220" ScriptCode="Cyrl">Cyrillic</Script>
</ScriptValues></ReferenceValueSets>
<Locations><Location ID="5"><LocationCountry CountryID="1"/>
<LocationPart LocPartTypeID="1451"><LocationPartValue><Value>1 Pier</Value></LocationPartValue></LocationPart>
<LocationPart LocPartTypeID="1454"><LocationPartValue><Value>Port</Value></LocationPartValue></LocationPart>
<LocationPart LocPartTypeID="1456"><LocationPartValue><Value>99</Value></LocationPartValue></LocationPart></Location>
<Location ID="6"><LocationCountry CountryID="1"/></Location></Locations>
<IDRegDocuments><IDRegDocument ID="1" IDRegDocTypeID="1571" IdentityID="70" IssuedBy-CountryID="1">
<IDRegistrationNo>A12</IDRegistrationNo></IDRegDocument></IDRegDocuments>
<DistinctParties><DistinctParty FixedRef="7"><Profile ID="7" PartySubTypeID="4"><Identity ID="70" Primary="true">
<Alias AliasTypeID="1403" Primary="true" LowQuality="false">
<DocumentedName ID="1" DocNameStatusID="2">
<DocumentedNamePart><NamePartValue NamePartGroupID="3" ScriptID="220">Квай</NamePartValue></DocumentedNamePart>
<DocumentedNamePart><NamePartValue NamePartGroupID="4" ScriptID="220">Отто</NamePartValue></DocumentedNamePart>
</DocumentedName><DocumentedName ID="2" DocNameStatusID="1">
<DocumentedNamePart><NamePartValue NamePartGroupID="1" ScriptID="215">Quay</NamePartValue></DocumentedNamePart>
<DocumentedNamePart><NamePartValue NamePartGroupID="2" ScriptID="215">Otto</NamePartValue></DocumentedNamePart>
</DocumentedName></Alias>
<Alias AliasTypeID="1400" Primary="false" LowQuality="true"><DocumentedName ID="3" DocNameStatusID="2">
<DocumentedNamePart><NamePartValue NamePartGroupID="5" ScriptID="215">Otto</NamePartValue></DocumentedNamePart>
</DocumentedName></Alias>
<NamePartGroups><MasterNamePartGroup><NamePartGroup ID="1" NamePartTypeID="1520"/></MasterNamePartGroup>
<MasterNamePartGroup><NamePartGroup ID="2" NamePartTypeID="1521"/></MasterNamePartGroup>
<MasterNamePartGroup><NamePartGroup ID="3" NamePartTypeID="1520"/></MasterNamePartGroup>
<MasterNamePartGroup><NamePartGroup ID="4" NamePartTypeID="1521"/></MasterNamePartGroup>
<MasterNamePartGroup><NamePartGroup ID="5" NamePartTypeID="1520"/></MasterNamePartGroup></NamePartGroups></Identity>
<Feature FeatureTypeID="8"><FeatureVersion ID="1"><DatePeriod>
<Start Approximate="false"><From><Year>1948</Year><Month>12</Month><Day>1</Day></From></Start>
<End><To><Year>1948</Year><Month>12</Month><Day>31</Day></To></End></DatePeriod></FeatureVersion></Feature>
<Feature FeatureTypeID="25"><FeatureVersion ID="2"><VersionLocation LocationID="5"/></FeatureVersion></Feature>
<Feature FeatureTypeID="10"><FeatureVersion ID="3"><VersionLocation LocationID="6"/></FeatureVersion></Feature>
<Feature FeatureTypeID="224"><FeatureVersion ID="4"><VersionDetail DetailReferenceID="91526"/>
</FeatureVersion></Feature>
</Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ID="7" ProfileID="7" ListID="1550">
<EntryEvent ID="7"><Date><Year>2024</Year><Month>5</Month><Day>1</Day></Date></EntryEvent>
<SanctionsMeasure ID="1" SanctionsTypeID="1"><Comment>SALT</Comment></SanctionsMeasure>
<SanctionsMeasure ID="2" SanctionsTypeID="1"><Comment>PEPPER</Comment></SanctionsMeasure></SanctionsEntry>
</SanctionsEntries></Sanctions>"""


def said(entry: Listed) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in entry.particulars:
        found.setdefault(one.kind, []).append(one.value)
    return found


def names(entry: Listed) -> list[tuple[str, str, str]]:
    return [(name.text, name.kind, name.script) for name in entry.names]


def test_an_entry_of_the_old_schema_is_read_in_full() -> None:
    edition = SDN.read([File("sdn.xml", LEGACY.encode())])
    entry = edition.entries[0]
    assert (edition.form, edition.published, edition.count) == ("ofac-xml", "2024-05-06", 1)
    assert (entry.key, entry.kind, entry.country, entry.programme) == ("7", "person", "CU", "us-ofac-sdn")
    assert names(entry) == [("QUAY, Otto", "primary", ""), ("OTTO", "weak", ""), ("QUAI, O.", "former", "")]
    assert [(one.scheme, one.value, one.country) for one in entry.identifiers] == [
        ("ofac", "7", ""), ("passport", "A12", "CU"),
    ]  # fmt: skip
    assert said(entry) == {
        "title": ["Pilot"], "address": ["1 Pier, Port 99, Cuba"], "birth-date": ["1948-12-10"], "nationality": ["Cuba"],
        "gender": ["Male"], "remark": ["All piers"], "linked-to": ["BETA LINE"], "programme": ["SALT", "PEPPER"],
    }  # fmt: skip
    assert ("akaList/aka/category", ("weak",)) in entry.raw


def test_an_entry_of_the_enhanced_schema_is_the_same_with_its_native_name_and_its_day() -> None:
    edition = SDN.read([enhanced()])
    entry, old = edition.entries[0], SDN.read([File("sdn.xml", LEGACY.encode())]).entries[0]
    assert (edition.form, edition.published, edition.count) == ("ofac-enhanced-xml", "2024-05-06", None)
    assert names(entry) == [
        ("QUAY, Otto", "primary", ""), ("КВАЙ, Отто", "native", "Cyrl"), ("OTTO", "weak", ""),
        ("QUAI, O.", "former", ""),
    ]  # fmt: skip
    assert entry.stated == (("listed", "2024-05-01"),)
    assert (entry.key, entry.kind, entry.country, entry.identifiers) == (
        old.key,
        old.kind,
        old.country,
        old.identifiers,
    )
    assert said(entry) == said(old)


def test_an_entry_of_the_advanced_schema_is_read_through_its_tables() -> None:
    edition = SDN.read([File("sdn_advanced.xml", ADVANCED.encode())])
    entry = edition.entries[0]
    assert (edition.form, edition.published, edition.count) == ("ofac-advanced-xml", "2024-05-06", None)
    assert (entry.key, entry.kind, entry.country, entry.stated) == ("7", "person", "CU", (("listed", "2024-05-01"),))
    assert names(entry) == [("QUAY, Otto", "primary", ""), ("КВАЙ, Отто", "native", "Cyrl"), ("OTTO", "weak", "")]
    assert [(one.scheme, one.value, one.country) for one in entry.identifiers] == [
        ("ofac", "7", ""), ("passport", "A12", "CU"),
    ]  # fmt: skip
    assert said(entry) == {
        "birth-date": ["1948-12"], "address": ["1 Pier, Port 99, Cuba"], "nationality": ["Cuba"], "gender": ["Male"],
        "programme": ["SALT", "PEPPER"],
    }  # fmt: skip


def test_an_advanced_excerpt_is_told_by_its_form() -> None:
    excerpt = ADVANCED.replace('ProfileID="7"', 'ProfileID="8"')
    assert SDN.read([File("a", excerpt.encode())]).form == "ofac-advanced-xml-subset"


def test_a_part_that_somebody_selected_is_told_by_its_form() -> None:
    assert SDN.read([enhanced(filters=LISTS + ONLY)]).form == "ofac-enhanced-xml-subset"


def test_an_archive_is_read_as_what_is_in_it() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("../e.xml", enhanced().content)
    assert [entry.key for entry in SDN.read([File("e.zip", packed.getvalue())]).entries] == ["7"]


def test_an_edition_of_many_lists_gives_each_source_its_own_entries() -> None:
    other = ENTITY.replace(">SDN List<", ">Non-SDN CMIC List<").replace(">SALT<", ">CMIC-EO13959<")
    both = enhanced().content.replace(b"</entities>", f'<entity id="8">{other}</entity></entities>'.encode())
    assert [entry.key for entry in SDN.read([File("e", both)]).entries] == ["7"]
    assert [(entry.key, entry.programme) for entry in CONS.read([File("e", both)]).entries] == [("8", "us-ns-cmic")]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (LEGACY.replace("<Record_Count>1<", "<Record_Count>2<"), "1 entries where the file says 2"),
        (LEGACY[:-60], "not readable as XML"),
        (LEGACY.replace("<uid>7<", "<uid><"), "without a number"),
        (LEGACY.replace("<sdnList", '<!DOCTYPE x [<!ENTITY a "b">]><sdnList'), "document type"),
        (LEGACY.replace("sdnList", "CONSOLIDATED_LIST"), "not a list of OFAC's"),
        (LEGACY.replace("Otto", "Ot\0to"), "NUL"),
        (enhanced(times=2).content.decode(), "comes twice"),
        (enhanced(times=0).content.decode(), "no entries"),
        (enhanced(ENTITY.replace("SDN List", "FSE List")).content.decode(), "another list's file"),
        (ADVANCED[:-30], "not readable as XML"),
        (delta().content.decode(), "a delta file, not an edition"),
    ],
)
def test_what_is_not_a_whole_edition_is_refused(content: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        SDN.read([File("sdn.xml", content.encode())])


def test_the_wrong_encoding_is_refused() -> None:
    with pytest.raises(InputError, match="not readable as XML"):
        SDN.read([File("sdn.xml", LEGACY.replace("Otto", "Otto\u00e9").encode("latin-1"))])


def test_two_editions_at_once_are_refused() -> None:
    with pytest.raises(InputError, match="2 files where one is expected"):
        SDN.read([enhanced(), File("sdn.xml", LEGACY.encode())])


def test_a_delta_adds_changes_and_removes() -> None:
    before = SDN.read([enhanced()])
    changed = ENTITY.replace(">Pilot<", ">Master<")
    after = apply_delta(
        before,
        delta(f'<entity id="8" action="add">{ENTITY}</entity>', f'<entity id="7" action="change">{changed}</entity>'),
    )
    assert (after.form, after.published, [entry.key for entry in after.entries]) == (
        "ofac-delta", "2024-05-07", ["7", "8"],
    )  # fmt: skip
    assert [said(entry)["title"] for entry in after.entries] == [["Master"], ["Pilot"]]
    left = apply_delta(after, delta('<entity id="7" action="remove"/>', day="2024-05-08"))
    assert [entry.key for entry in left.entries] == ["8"]


def test_a_delta_leaves_out_what_is_on_another_list() -> None:
    other = ENTITY.replace(">SDN List<", ">FSE List<")
    after = apply_delta(SDN.read([enhanced()]), delta(f'<entity id="8" action="add">{other}</entity>'))
    assert [entry.key for entry in after.entries] == ["7"]


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (delta(f'<entity id="7" action="add">{ENTITY}</entity>'), "is added, but is there"),
        (delta(f'<entity id="9" action="remove">{ENTITY}</entity>'), "is removed, but is not there"),
        (delta(f'<entity id="7" action="mend">{ENTITY}</entity>'), "unknown action"),
        (
            delta(f'<entity id="7" action="change">{PARTS}</entity>'),
            "in parts",
        ),
        (delta(day="2024-05-05"), "a delta of 2024-05-05 for an edition of 2024-05-06"),
        (enhanced(), "not a delta file"),
    ],
)
def test_a_delta_that_does_not_fit_is_refused(file: File, words: str) -> None:
    with pytest.raises(InputError, match=words):
        apply_delta(SDN.read([enhanced()]), file)


def test_a_delta_needs_an_edition_to_apply_to() -> None:
    with pytest.raises(InputError, match="nothing to apply it to"):
        apply_delta(replace(SDN.read([enhanced()]), entries=()), delta())
