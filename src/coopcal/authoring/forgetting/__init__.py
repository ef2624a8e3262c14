"""Finding what is told of a person in all that coopcal keeps, and taking it out of the sources."""
