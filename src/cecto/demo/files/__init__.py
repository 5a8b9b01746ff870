"""The files of the story, in the layouts that imports read: rosters, schedules, work, Zoom reports, sign-in sheets."""
