"""The look: page frame, components, icons, pictures drawn on the server.

Owns: no tables. Templates under ui/, template tags (available in every template), one style sheet, one small script.
Reads: the clock. Knows no feature; templates link forward by URL name.
Promises: WCAG 2.2 AA, no inline script or style, every picture with words and a table. The living list is /styleguide/;
docs/how-to/make-a-page.md says how to use it. `make ui` rebuilds what comes from npm.
"""
