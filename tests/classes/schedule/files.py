"""Schedules as coordinators would keep them."""

CGCIO = """Session,Title,Date,Start,End,Format,Segment,Minutes,Competency,Breaks,Place,Instructors
cgcio-2015-08a,Kick-off,8/11/2015,9 AM,12 PM,In person,IT governance,,governance,12:00-13:00,UNC,Shan Tuft <tuft@x.org>
cgcio-2015-08a,,,1:00 PM,4:30 PM,,Leading change,,leadership,,,
cgcio-2015-09,Budget clinic,9/22/2015,10:00 AM,12:00 PM,synchronous online,,,finance,,,tuft@x.org
"""

CECTO = """session code;session title;date;start;end;format;topic;competency;slot;tags;tracks
cgcio-2015-08a;;2015-08-11;;;;IT governance;governance;joint-day;joint;Technology-Director
cgcio-2015-08a;;;;;;Leading change;transformation;;;
cecto-2015-08b;Opening of CeCTO;2015-08-12;9:00;15:30;f2f;;legal;joint-day;joint, opening;
"""
