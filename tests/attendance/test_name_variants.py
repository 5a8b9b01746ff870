"""Names as people, systems and families write them: credited is only whom nobody else can be taken for."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecto.attendance.matching import NOT_OURS, How, Named, OnRoster, Remembered, Roster

PEOPLE = {
    "ada": ("Ada Núñez",),
    "bo": ("Bo Lindqvist",),
    "carla": ("Carla Perez",),
    "dan": ("Dan Osei",),
    "oneal": ("Katherine P. O’Neal, Ed.D.",),
    "jr": ("Thomas Reyes Jr.",),
    "sr": ("Thomas Reyes Sr.",),
    "howell": ("Thurston Howell III",),
    "lopez": ("Maria Lopez",),
    "luna": ("Maria Luna",),
    "garcia": ("Maria Elena Garcia", "Maria Elena Lopez-Ruiz"),
    "dell": ("Amy Dell",),
    "guest": ("Edgar Guest",),
    "host": ("Ann Host",),
    "room": ("Jane Room",),
    "luk": ("Łukasz Żółć",),
    "soren": ("Søren Ødegård",),
    "dorde": ("Đorđe Ħaber-Strauß",),
    "isik": ("Işıl Işık",),
    "aero": ("Ægir Þorvaldsson",),
    "robert": ("Robert Hale",),
    "bob": ("Bob Hale",),
    "james": ("James Thomas",),
    "thomas": ("Thomas James",),
    "smith": ("John Smith",),
    "john a": ("John A. Smith",),
    "li": ("李小龙",),
    "ivan": ("Иван Петров",),
    "dana": ("Dana White", "Dana"),
    "wesley": ("Wesley Tate-Hughes",),
    "hindi": ("प्रिया शर्मा",),
}
ADDRESSES = {"ada": ("ada@example.org",), "dan": ("dan@example.org",)}
RLM, ZWSP, NBSP, BOM = "\u200f", "\u200b", "\u00a0", "\ufeff"


def known(*answers: Remembered, source: str = "zoom") -> Roster:
    people = [OnRoster(key, names, ADDRESSES.get(key, ())) for key, names in PEOPLE.items()]
    return Roster(people, answers, source=source)


@pytest.mark.parametrize(
    ("shown", "key"),
    [
        ("Ada Núñez", "ada"),
        ("ADA NUNEZ", "ada"),
        (unicodedata.normalize("NFD", "Ada Núñez"), "ada"),
        ("Núñez, Ada", "ada"),
        (f"Ada{NBSP}{NBSP}Núñez", "ada"),
        (f"{BOM}Ada{ZWSP} Nú{ZWSP}ñez{RLM}", "ada"),
        ("\u202bAda Núñez\u202c", "ada"),
        ("Ada Núñez (she/her)", "ada"),
        ("Ada Núñez (She/Her/Hers)", "ada"),
        ("Ada Núñez [they/them]", "ada"),
        ("Ada Núñez she/her", "ada"),
        ("Ada Núñez 😀", "ada"),
        ("👩🏽‍💻 Ada Núñez", "ada"),
        ("Dr. Ada Núñez", "ada"),
        ("Ada Núñez, Ph.D.", "ada"),
        ("Ada Núñez, CETL", "ada"),
        ("Ada Núñez, M.Ed., CETL", "ada"),
        ("Ada Núñez Ed.D.", "ada"),
        ("Ada Núñez, Ed. D.", "ada"),
        ("Núñez, Ada, Ed.D.", "ada"),
        ("Núñez, Dr. Ada", "ada"),
        ("Ada Núñez (Guest)", "ada"),
        ("Ada Núñez (External)", "ada"),
        ("Ａｄａ Ｎúñｅｚ", "ada"),
        ("Katherine P. O'Neal", "oneal"),
        ("Katherine P O’Neal", "oneal"),
        ("Katherine P O`Neal EdD", "oneal"),
        ("Katherine P OʼNeal", "oneal"),
        ("Katherine P O´Neal", "oneal"),
        ("Katherine P ONeal PhD", "oneal"),
        ("O′Neal, Katherine P.", "oneal"),
        ("Thomas Reyes, Jr.", "jr"),
        ("Thomas Reyes SR", "sr"),
        ("Reyes Jr., Thomas", "jr"),
        ("Thurston Howell", "howell"),
        ("Thurston Howell, III", "howell"),
        ("Maria Elena Lopez Ruiz", "garcia"),
        ("Maria Elena Lopez\u2011Ruiz", "garcia"),
        ("Amy Dell", "dell"),
        ("Edgar Guest", "guest"),
        ("Edgar Guest (Guest)", "guest"),
        ("Ann Host", "host"),
        ("Room, Jane", "room"),
        ("Lukasz Zolc", "luk"),
        ("Soren Odegard", "soren"),
        ("Dorde Haber\u2010Strauss", "dorde"),
        ("ĐORĐE ĦABER STRAUSS", "dorde"),
        ("Isil Isik", "isik"),
        ("IŞIL IŞIK", "isik"),
        ("AEGIR THORVALDSSON", "aero"),
        ("John A Smith", "john a"),
        ("李小龙", "li"),
        ("ИВАН ПЕТРОВ", "ivan"),
        ("Dana", "dana"),
        ("प्रिया शर्मा", "hindi"),
        ("Maria Luna", "luna"),
    ],
)
def test_one_spelling_of_one_person_is_certain(shown: str, key: str) -> None:
    assert known().match(Named(shown, shown)).key == key


WAITS: list[tuple[Named, str]] = [
    (Named("Thomas Reyes"), "jr"),
    (Named("Thomas Reyes III"), "jr"),
    (Named("Thurston Howell Jr."), "howell"),
    (Named("Ada Núñez Jr."), "ada"),
    (Named("Bob Hale"), "bob"),
    (Named("Bobby Hale"), "bob"),
    (Named("R. Hale"), "robert"),
    (Named("James Thomas"), "james"),
    (Named("Thomas, James"), "james"),
    (Named("John Smith"), "smith"),
    (Named("Maria"), ""),
    (Named("Maria L."), ""),
    (Named("Maria Lopez"), "lopez"),
    (Named("M. Luna"), "luna"),
    (Named("Ada"), "ada"),
    (Named("A. Núñez"), "ada"),
    (Named("Ada N."), "ada"),
    (Named("anunez"), "ada"),
    (Named("AdaNunez"), "ada"),
    (Named("Ada Nunes"), "ada"),
    (Named("Ada Núñez-Whitman"), "ada"),
    (Named("Ada Whitman"), "ada"),
    (Named("Ada & Bo Núñez"), "ada"),
    (Named("Ada Núñez and Bo Lindqvist"), "ada"),
    (Named("Ada Núñez / Dan Osei"), "ada"),
    (Named("Ada Núñez | Ashe County"), "ada"),
    (Named("Nunez Ada"), "ada"),
    (Named("А\u0301da Núñez".replace("\u0301", "")), "ada"),
    (Named("Adа Núñez"), "ada"),
    (Named("Li Xiaolong"), "li"),
    (Named("Ivan Petrov"), "ivan"),
    (Named("Ада Нуньес"), "ada"),
    (Named("प्रियी शर्मा"), "hindi"),
    (Named("Dan's iPhone"), "dan"),
    (Named("Dan Osei’s iPad"), "dan"),
    (Named("iPhone (3)"), ""),
    (Named("Zoom user"), ""),
    (Named("Guest 2"), ""),
    (Named("Host"), ""),
    (Named("Room"), "room"),
    (Named("Conference Room B"), ""),
    (Named("Dell Laptop"), ""),
    (Named("DESKTOP-9KJ2"), ""),
    (Named("+1 919-***-4412"), ""),
    (Named(""), ""),
    (Named("   "), ""),
    (Named(f"{ZWSP}{RLM}"), ""),
    (Named("😀"), ""),
    (Named("Jr."), ""),
    (Named("x" * 300), ""),
    (Named("Ada Núñez " * 30), "ada"),
    (Named("Ada Núñez", "Ada Núñez (Dan Osei)", "Dan Osei"), "ada"),
    (Named("Ada Núñez", "Ada Núñez (Dan O.)", "Dan O."), "ada"),
    (Named("iPhone", "iPhone (Dan Osei)", "Dan Osei"), "dan"),
    (Named("Dan Osei", email="ada@example.org"), "ada"),
    (Named("Dan", email="ada@example.org"), "ada"),
    (Named("Ada Núñez", "Ada Núñez (Dan Osei)", "Dan Osei", "ada@example.org"), "ada"),
    (Named("Robert Hale"), "robert"),
    (Named("Kate O'Neal"), "oneal"),
    (Named("Amy R. Dell"), "dell"),
    (Named("Wes T-H"), "wesley"),
    (Named("Ada Núñez & Bo Lindqvist", email="ada@example.org"), "ada"),
    (Named("Ada Núñez; Bo Lindqvist", email="ada@example.org"), "ada"),
    (Named("Carla & Dan Osei", email="ada@example.org"), "ada"),
    (Named("Bo’s iPhone", email="ada@example.org"), "ada"),
    (Named("Bo Lindqvist’s iPad", email="ada@example.org"), "ada"),
    (Named("Conference Room B", email="ada@example.org"), "ada"),
    (Named("Ada Núñez's AI Notetaker", email="ada@example.org"), "ada"),
    (Named("Ada's OtterPilot", email="ada@example.org"), "ada"),
    (Named("Fireflies.ai Notetaker Ada", email="ada@example.org"), "ada"),
    (Named("Ada Núñez's Notetaker (Otter.ai)"), "ada"),
    (Named("read.ai meeting notes (Ada Núñez)"), ""),
    (Named("Ada Núñez w/ Bo Lindqvist"), "ada"),
    (Named("Ada Núñez with Bo"), "ada"),
    (Named("Ada Núñez y Bo Lindqvist"), "ada"),
    (Named("Bo for Ada Núñez"), ""),
    (Named("Ada Núñez (for Bo Lindqvist)"), "ada"),
    (Named("Ada Núñez - sub Bo Lindqvist"), "ada"),
    (Named("Ada Núñez's assistant"), "ada"),
    (Named("Ada Núñez 2"), "ada"),
    (Named("01 Ada Núñez"), "ada"),
    (Named("Thomas Reyes II"), "jr"),
    (Named("Tom Reyes Jr."), "jr"),
    (Named("Thomas Reyes the elder"), "jr"),
    (Named("E. Guest"), "guest"),
    (Named("Amy's Dell"), ""),
    (Named("Pixel 7"), ""),
    (Named("B. Lindqvist", email="ada@example.org"), "ada"),
    (Named("Bo", email="ada@example.org"), "ada"),
]
OWN_DEVICES = [
    Named("Ada's iPhone", email="ada@example.org"),
    Named("iPad", email="ADA@example.org"),
    Named("Ada & Zed", email="ada@example.org"),
]


@pytest.mark.parametrize("row", OWN_DEVICES)
def test_their_own_account_is_certain_on_their_own_device(row: Named) -> None:
    assert known().match(row).key == "ada"


@pytest.mark.parametrize(("row", "first"), WAITS)
def test_whoever_may_be_two_waits_with_the_likeliest_first(row: Named, first: str) -> None:
    found = known().match(row)
    assert (found.how, found.key) == (How.QUEUE, None)
    likely = [one.key for one in known().suggestions(row)]
    assert not first or likely[0] == first


def test_there_are_as_many_variants_as_were_promised() -> None:
    assert len(WAITS) >= 60


FAMILY = "family@home.example"
BO_L = Remembered("bo l", FAMILY, "zoom", "bo")
LINDBERG = Remembered("bob lindberg", "b@home.example", "zoom", "bo")


@pytest.mark.parametrize(
    ("answer", "row", "source", "how"),
    [
        (BO_L, Named("Bo L.", email=FAMILY), "zoom", "alias"),
        (BO_L, Named("Carla P.", email=FAMILY), "zoom", "queue"),
        (BO_L, Named("", email=FAMILY), "zoom", "queue"),
        (Remembered("bo l", "", "zoom", "bo"), Named("Bo L."), "zoom", "alias"),
        (Remembered("bo l", "", "zoom", "bo"), Named("Bo L."), "teams", "queue"),
        (Remembered("bob lindberg", "", "zoom", "bo"), Named("Bob Lindberg"), "teams", "alias"),
        (LINDBERG, Named("Bob Lindberg"), "sign-in", "alias"),
        (LINDBERG, Named("Bob Lindberg", email="b@else.example"), "zoom", "queue"),
        (Remembered("iphone", "", "zoom", "bo"), Named("iPhone"), "teams", "queue"),
        (Remembered("maria l", "", "zoom", "lopez"), Named("Maria L."), "zoom", "queue"),
        (Remembered("pat quill", "", "zoom", NOT_OURS), Named("Pat Quill"), "teams", "not ours"),
        (Remembered("pat", FAMILY, "zoom", NOT_OURS), Named("Bo L.", email=FAMILY), "zoom", "queue"),
        (Remembered("dan", "", "zoom", NOT_OURS), Named("Dan"), "zoom", "queue"),
        (Remembered("ada nunez", "", "zoom", NOT_OURS), Named("Ada Núñez"), "zoom", "queue"),
        (LINDBERG, Named("Bob Lindberg", "Bob Lindberg (Dan Osei)", "Dan Osei"), "zoom", "queue"),
    ],
)  # fmt: skip
def test_what_is_remembered_holds_for_the_same_name(answer: Remembered, row: Named, source: str, how: str) -> None:
    assert known(answer, source=source).match(row).how == how


FIRST = st.sampled_from(["Ada", "Bob", "Robert", "José", "Jose", "Thomas", "James", "Bo", "J.", "Øystein", "Maria"])
LAST = st.sampled_from(
    ["Núñez", "Nunez", "Thomas", "James", "O’Neal", "Oneal", "Guest", "Lopez", "Lopez-Ruiz", "Ødegård"]
)
MIDDLE = st.sampled_from(["", "", "A.", "Elena", "B"])
BEHIND = st.sampled_from(["", "", " Jr.", ", Sr.", " III", ", Ed.D.", " CETL", " (she/her)"])
NAMES = st.builds(lambda *parts: " ".join(filter(None, parts[:3])) + parts[3], FIRST, MIDDLE, LAST, BEHIND)


def bare(name: str) -> list[str]:
    """By another way than ours: letters without marks, no suffixes, no signs."""
    text = unicodedata.normalize("NFKD", name.split(" (")[0].lower().replace("ø", "o"))
    text = "".join(one for one in text if one.isalpha() or one in " -,").replace("-", " ").replace(",", " ")
    return [word for word in text.split() if word not in {"jr", "sr", "iii", "edd", "cetl"}]


def generation(name: str) -> str:
    return next((one for one in ("Jr.", "Sr.", "III") if one in name), "")


@given(st.lists(NAMES, min_size=1, max_size=8), NAMES, st.one_of(st.just(""), NAMES))
def test_who_is_credited_is_the_only_one_whom_the_name_fits(roster: list[str], shown: str, original: str) -> None:
    people = [OnRoster(str(place), (name,)) for place, name in enumerate(roster)]
    row = Named(shown, f"{shown} ({original})" if original else shown, original)
    found = Roster(people).match(row)
    if found.key is None:
        return
    credited = roster[int(found.key)]
    assert bare(shown) == bare(credited)
    assert generation(shown) in ("", generation(credited))
    others = [name for place, name in enumerate(roster) if str(place) != found.key]
    same = [name for name in others if sorted(bare(name)) == sorted(bare(shown))]
    assert all(generation(shown) and generation(name) != generation(shown) for name in same)
    longer = [name for name in others if set(bare(shown)) <= set(bare(name)) and bare(name)[0] == bare(shown)[0]]
    assert all(generation(shown) and generation(name) != generation(shown) for name in longer)
    assert not original or bare(original) == bare(credited) or all(bare(original) != bare(name) for name in others)


@given(st.text(max_size=300), st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_matched_and_rated(shown: str, original: str, email: str) -> None:
    everyone = known()
    everyone.suggestions(Named(shown, shown, original, email))
    assert everyone.match(Named(shown, shown, original, email)).how in How
