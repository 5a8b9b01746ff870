"""Papers about hours, for people, their employers and a class: they report a record and certify nobody."""
