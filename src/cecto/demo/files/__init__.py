"""The files the story produces, in the layouts that imports read: rosters, schedules, Zoom reports, sign-in sheets."""
