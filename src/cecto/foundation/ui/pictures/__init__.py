"""Pictures drawn on the server: what each shows, as plain shapes that a template draws. Each has its words too."""
