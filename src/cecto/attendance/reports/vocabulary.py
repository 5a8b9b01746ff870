"""What the columns of attendance reports are called: one table for each language, names apart by bars.

Names are in the comparable form of `headings.plain`; a name that stands earlier is preferred. Sources. Zoom:
support.zoom.com KB0082659; in Spanish public readers of "Nombre (nombre original)". Teams: support.microsoft.com,
"Manage meeting attendance reports"; in Polish and German public readers of its files. Others are named in the module
of their system.
"""

ENGLISH = {
    "name": (
        "name | full name | user name | user | participant name | participant | attendee | attendee name | display "
        "name | student | student name | name of attendee | print name | printed name | your name | your full "
        "name | first and last name | name first and last | learner | guest name | member | member name | "
        "person | who | users full name | first name last name | student full name | first last name | "
        "learner name | trainee | employee | employee name | staff name | name of participant | registrant "
        "name | preferred name | enter your name | please enter your name | what is your name | what is your full "
        "name | what's your name | your name first and last | type your name"
    ),
    "first": (
        "first name | first | given name | firstname | first name of attendee | forename | attendee first "
        "name | student first name | participant first name"
    ),
    "last": (
        "last name | last | surname | family name | lastname | last name of attendee | attendee last name | "
        "student last name | participant last name"
    ),
    "email": (
        "email | e mail | user email | email address | e mail address | attendee email | participant email | "
        "email of attendee | participants email address | user e mail | mail | work email | login email | "
        "attendee email address | your email | your email address | username email of attendee | sis login id "
        "| student email | e mail id | email id | primary email | invitee email | contact email | user "
        "principal name | participant email address | registrant email | username | login | user login | "
        "login id"
    ),
    "upn": "participant id | upn",
    "joined": (
        "join time | first join | first join time | joined | join | time joined | joined at | entry time | "
        "time entered | entered | time in | date entered | check in time | check in | checked in at | login "
        "time | first seen | first seen at | attendee first join time | session join time | join date time | "
        "arrival | start time | started | connect time | joined time | first joined | time of joining | "
        "joining time | join date | checkin time | check in date | check in date time | checked in time | "
        "date checked in | attendee join time | arrived | arrived at | sign in time | entrance time | enter "
        "time | login | logon time | time of entry | checkin date | checked in on | check in timestamp | "
        "first check in | date created | join datetime | join timestamp | meeting join time | time first seen "
        "| joined on | entry | arrival time"
    ),
    "left": (
        "leave time | last leave | last leave time | left | leave | time left | left at | exit time | time "
        "exited | exited | time out | date exited | check out time | check out | checked out at | logout time "
        "| last seen | last seen at | attendee last leave time | session leave time | departure | leave date "
        "time | end time | ended | disconnect time | last left | time of leaving | leaving time | leave date "
        "| checkout time | check out date | attendee leave time | departed | sign out time | logout | checked "
        "out time | check out date time | logoff time | time of exit | left time | date end | exit | leave "
        "datetime | leave timestamp | meeting leave time | time last seen | left on | departure time"
    ),
    "length": (
        "duration | total duration | duration in seconds | total attendance in seconds | hours | "
        "hours attended | in meeting duration | meeting duration | attendance duration | time in "
        "call | time in session | time in meeting | total time in session | attendee total time in session | "
        "length | session duration | total time | time attended | minutes | minutes attended | time spent | "
        "duration minutes | total duration minutes | time in meeting minutes | duration in minutes | minutes "
        "in session | duration in meeting | time on call | time present | total minutes | call duration | "
        "attended duration | total attendance | attendance time | watch time | viewing time | time in room | "
        "duration attended"
    ),
    "span": "join time leave time | time in time out | joined left",
    "date": "date | day | class date | meeting date | session date | attendance date | event date",
    "role": "role | attendee role | moderator | is moderator | user role | participant role | host",
    "status": (
        "attended | attendance | status | attendee status | present | attendance status | checked in | check "
        "in | check in status | checked in status | checkin status | here | in attendance | was present | did "
        "attend | registration status | participated | are you here | i am here | i attended | did you attend "
        "| mark | participation status | attendee attended | attended event | attended session | present "
        "absent | present yes no | attendance code | attendance mark | attended yes no"
    ),
    "absent": "absent | absence | not present",
    "guest": "guest | is guest",
    "waiting": "in waiting room | waiting room | lobby | in lobby",
    "action": "user action | action | event | activity | event type",
    "at": (
        "timestamp | time stamp | utc event timestamp | completion time | submission time | submitted at | "
        "submitted | submission date | date time | datetime | time"
    ),
    "started": "meeting start time | start time | actual start time | session start | meeting start",
    "ended": "meeting end time | end time | actual end time | session end | meeting end",
    "title": "topic | meeting title | meeting name | webinar name | session name | event name | event",
    "host": "user email | host email | organizer email | session owner | host name | host | anfitrion",
}
SPANISH = {
    "name": (
        "nombre | nombre completo | nombre de usuario | participante | nombre del participante | nombre y "
        "apellidos | asistente | alumno"
    ),
    "first": "nombres | nombre de pila | primer nombre",
    "last": "apellido | apellidos | apellido s",
    "email": (
        "correo electronico | correo | correo electronico del usuario | e mail del usuario | correo del "
        "usuario | direccion de correo electronico | direccion de correo | direccion email"
    ),
    "upn": "id de participante | id del participante | identificador del participante",
    "joined": (
        "hora de entrada | hora para unirse | hora de union | primera union | primer acceso | primera entrada "
        "| hora de incorporacion | primera incorporacion | entrada | hora de inicio | se unio | hora de "
        "acceso | hora a la que se unio | primera vez que se unio | primer ingreso | hora de ingreso | hora "
        "de conexion | se ha unido"
    ),
    "left": (
        "hora de salida | hora para salir | ultima salida | ultimo abandono | salida | hora de finalizacion | "
        "hora de abandono | ultima vez que salio | se fue | salio | hora de desconexion | ultima desconexion "
        "| hora a la que salio | hora de fin | abandono"
    ),
    "length": (
        "duracion | duracion total | duracion en la reunion | duracion de la reunion | tiempo en la reunion | "
        "tiempo en la llamada | tiempo en la sesion | duracion de la asistencia | minutos | tiempo total"
    ),
    "date": "fecha | dia",
    "role": "rol | funcion",
    "status": "asistio | asistencia | presente | estado | registrado | asistencia si no",
    "guest": "invitado | es invitado",
    "waiting": "en la sala de espera | sala de espera",
    "action": "accion del usuario | accion de usuario | accion",
    "at": "marca de tiempo | marca temporal | fecha y hora | hora de finalizacion del formulario",
    "title": "tema | titulo de la reunion",
}
GERMAN = {
    "name": (
        "vollstandiger name | teilnehmer | teilnehmername | benutzername | vor und nachname | anzeigename | "
        "name des teilnehmers"
    ),
    "first": "vorname",
    "last": "nachname | familienname",
    "email": ("e mail adresse | benutzer e mail | emailadresse | e mail adresse des benutzers | benutzer email"),
    "upn": "teilnehmer id | teilnehmerkennung",
    "joined": (
        "beitrittszeit | erster beitritt | beitritt | beigetreten | zeitpunkt des beitritts | teilnahmezeit | "
        "beitrittsuhrzeit | eintrittszeit | ankunft | kommen | startzeit | beginn | beitritt um | erstmals "
        "beigetreten | zeit des beitritts | uhrzeit des beitritts | erste teilnahme | gekommen | beitreten"
    ),
    "left": (
        "verlassenszeit | letztes verlassen | verlassen | zeitpunkt des verlassens | austrittszeit | endzeit "
        "| uhrzeit des verlassens | zeit des verlassens | gehen | ende | verlassen um | zuletzt verlassen | "
        "gegangen | letzter austritt | austritt | verlassenzeit | abgang"
    ),
    "length": (
        "dauer | gesamtdauer | dauer der besprechung | dauer in der besprechung | besprechungsdauer | "
        "teilnahmedauer | anwesenheitsdauer | dauer der teilnahme | dauer der besprechungsteilnahme | zeit im "
        "meeting | minuten | zeit in der besprechung | in besprechung verbrachte zeit"
    ),
    "date": "datum | tag",
    "role": "rolle",
    "status": "teilgenommen | anwesend | anwesenheit | status",
    "guest": "gast",
    "waiting": "im warteraum | warteraum",
    "action": "benutzeraktion | aktion des benutzers | aktion",
    "at": "zeitstempel | abschlusszeit | uhrzeit",
    "title": "thema | besprechungstitel",
}
FRENCH = {
    "name": "nom | nom complet | nom d'utilisateur | nom du participant | nom et prenom | nom prenom",
    "first": "prenom",
    "last": "nom de famille",
    "email": (
        "adresse e mail | adresse electronique | courriel | e mail de l'utilisateur | adresse mail | adresse "
        "courriel | adresse e mail de l'utilisateur | adresse de messagerie"
    ),
    "upn": "id du participant | identifiant du participant | id de participant",
    "joined": (
        "heure d'arrivee | heure de connexion | premiere connexion | premiere participation | premiere entree "
        "| heure de participation | heure d'entree | heure de debut | arrivee | a rejoint | premier acces | "
        "heure a laquelle l'utilisateur a rejoint | entree | premiere arrivee | heure d'acces | rejoint a | "
        "premiere fois rejoint"
    ),
    "left": (
        "heure de depart | heure de deconnexion | dernier depart | derniere deconnexion | derniere sortie | "
        "heure de sortie | heure de fin | depart | a quitte | sortie | quitte a"
    ),
    "length": (
        "duree | duree totale | duree de la reunion | duree dans la reunion | duree en reunion | temps de "
        "presence | duree de participation | duree de presence | temps dans la reunion | minutes | duree de "
        "participation a la reunion"
    ),
    "date": "jour",
    "role": "role",
    "status": "a participe | presence | present | statut",
    "guest": "invite",
    "waiting": "en salle d'attente | dans la salle d'attente | salle d'attente",
    "action": "action de l'utilisateur | action utilisateur",
    "at": "horodatage | horodateur | heure de fin du formulaire",
    "title": "sujet | titre de la reunion",
}
PORTUGUESE = {
    "name": ("nome | nome completo | nome de usuario | nome do participante | participante | nome do utilizador"),
    "first": "primeiro nome | nome proprio",
    "last": "sobrenome | apelido | ultimo nome",
    "email": (
        "e mail do usuario | endereco de e mail | endereco de email | email do utilizador | correio "
        "eletronico | e mail do utilizador"
    ),
    "upn": "id do participante | identificacao do participante",
    "joined": (
        "hora de entrada | horario de entrada | primeira entrada | primeiro ingresso | hora de ingresso | "
        "entrada | hora de inicio | primeiro acesso | ingressou | hora de adesao | primeira adesao | horario "
        "de ingresso | entrou | hora em que entrou | ingressar na hora"
    ),
    "left": ("hora de saida | horario de saida | ultima saida | saida | hora de termino | saiu | hora em que saiu"),
    "length": (
        "duracao | duracao total | duracao na reuniao | duracao da reuniao | tempo na reuniao | duracao em "
        "reuniao | tempo na chamada | minutos | duracao da participacao | tempo de permanencia | permanencia"
    ),
    "date": "data | dia",
    "role": "funcao | papel",
    "status": "compareceu | presenca | presente | participou",
    "guest": "convidado",
    "waiting": "na sala de espera",
    "action": "acao do usuario | acao do utilizador | acao",
    "at": "carimbo de data hora | carimbo de data e hora | data hora | carimbo de hora",
    "title": "topico | titulo da reuniao",
}
POLISH = {
    "name": (
        "imie i nazwisko | pelna nazwa | nazwa | uczestnik | nazwa uzytkownika | nazwisko i imie | pelne imie "
        "i nazwisko"
    ),
    "first": "imie",
    "last": "nazwisko",
    "email": "adres e mail | poczta e mail | adres email | e mail uzytkownika | adres e mail uzytkownika",
    "upn": "identyfikator uczestnika | id uczestnika",
    "joined": (
        "pierwsze dolaczenie | godzina dolaczenia | czas dolaczenia | dolaczenie | wejscie | godzina "
        "rozpoczecia | godzina wejscia | dolaczono | czas przystapienia | pierwsze wejscie"
    ),
    "left": (
        "ostatnie wyjscie | godzina opuszczenia | czas opuszczenia | ostatnie opuszczenie | opuszczenie | "
        "wyjscie | godzina wyjscia | czas wyjscia | opuszczono | godzina zakonczenia"
    ),
    "length": (
        "czas trwania | czas udzialu w spotkaniu | czas trwania spotkania | laczny czas trwania | czas w "
        "spotkaniu | czas na spotkaniu | czas uczestnictwa | czas udzialu | czas trwania w spotkaniu"
    ),
    "date": "data | dzien",
    "role": "rola",
    "status": "obecnosc | obecny | uczestniczyl",
    "guest": "gosc",
    "waiting": "w poczekalni | poczekalnia",
    "action": "akcja uzytkownika | dzialanie uzytkownika",
    "at": "sygnatura czasowa | znacznik czasu | godzina ukonczenia",
    "title": "temat | tytul spotkania",
}
