"""Pages for people: the evidence behind each statement."""
