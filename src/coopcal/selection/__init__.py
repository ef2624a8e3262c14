"""Which events the public sees, which feeds there are, and which events stand in each, at an instant."""
