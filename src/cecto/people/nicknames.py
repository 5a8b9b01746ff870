"""Given names and what their bearers are called for short. Only ever a reason to ask, never to be certain."""

from __future__ import annotations

from collections import defaultdict
from typing import Final

# One line for each name: the full form or forms, then the short ones, folded.
_GROUPS: Final = """
abigail abby gail
albert alfred al bert fred
alejandro alejandra alex sandro jandro
alexander alexandra alexis alex sandy sasha xander lex
amanda mandy
andrew andres andy drew
angela angelina angie
anthony antonio tony
barbara barb babs
benjamin ben benny
beverly bev
bradley brad
cameron cam
carolina caroline carol carrie lina
catherine katherine kathryn katharine kathleen cathy kathy kate katie kat kay kit
charles carlos charlie chuck chas
christina christine kristin kristen chris kris tina chrissy
christopher christian chris kit topher
cynthia cindy
daniel daniela dan danny dani
david dave davey
deborah debra deb debbie
donald don donny
dorothy dot dottie
douglas doug
edward edgar edwin eduardo ed eddie ted ned
eleanor elena ellen ellie nell nora lena
elizabeth elisabeth liz lizzie beth betsy betty eliza libby lisa
emily emilia em emmy
eugene gene
frances francis francisco frank fran frankie paco pancho
frederick fred freddie
gabriel gabriela gabe gaby
geoffrey jeffrey geoff jeff
gerald jerry gerry
gregory greg
guadalupe lupe
harold henry hal harry hank
ignacio nacho
isabel isabella isabelle bella izzy
jacob jake jack
jacqueline jackie
james jim jimmy jamie jas jem
janet jane jan
jennifer jen jenny jenn
jessica jess jessie
jesus chuy
john jonathan jack johnny jon
jose joseph josephine joe joey jo pepe
joshua josh
judith judy
kenneth ken kenny
kimberly kim
lawrence laurence larry
leonard leonardo leo len lenny
leslie les
louis louise lewis luis lou
lucille lucia lucy
madeline maddie
margaret margarita maggie meg peggy greta rita marge
maria mary marie mae molly polly
matthew matt
maximilian maxine max
megan meg
melissa mel missy lissa
michael michelle miguel mike mick mickey shelly
nancy nan
nathaniel nathan nate nat
nicholas nicole nick nicky nico
pamela pam
patricia patrick pat patty trish tricia paddy rick
peter pedro pete
philip phillip phil
priscilla cilla
raymond ramon ray
rebecca becky becca
richard ricardo rich rick ricky dick
robert roberta roberto rob robbie bob bobby bert
ronald ron ronnie
rosario charo
rosemary rose rosie
russell russ
samuel samantha sam sammy
sandra sandy
santiago santi
sarah sara sally
stephen steven stephanie steve steph stevie
susan suzanne sue susie suzy
sylvia syl
theodore theresa teresa ted teddy theo terry tess
thomas tom tommy
timothy tim
valerie val
veronica vera ronnie
victor victoria vic vicky tori
vincent vince vin
virginia ginny
walter walt wally
wesley wes
william guillermo bill billy will willie wm liam memo
zachary zach zack
"""


def _related() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for line in _GROUPS.split("\n"):
        for name in line.split():
            found[name].update(line.split())
    return {name: frozenset(others) for name, others in found.items()}


_RELATED: Final = _related()


def may_be_called(one: str, other: str) -> bool:
    """Whether two folded given names can be one person's: equal, or a name and what it is shortened to."""
    return one == other or other in _RELATED.get(one, ())
