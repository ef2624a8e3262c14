"""``python -m coopcal``."""

from coopcal.cli import main

main(prog_name="coopcal")
