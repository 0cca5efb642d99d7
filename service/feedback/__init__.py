"""What clinicians made of the cards: accepted, or overridden and why."""
