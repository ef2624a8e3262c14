"""How often feeds are fetched, by which kinds of programs, and how requests are answered: in numbers that tell of nobody."""
