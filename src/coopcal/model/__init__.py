"""What coopcal speaks of: frozen values, standard library only."""
