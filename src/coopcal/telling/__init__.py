"""Who is to know of what a publish changes is told: signed, tried again while nobody answers, and nothing twice."""
