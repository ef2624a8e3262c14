"""Simulated calendar programs that ask for feeds, held against the caching that coopcal sends."""
