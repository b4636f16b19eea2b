"""``python -m okno.config.command``: how the command starts its own parts."""

from okno.config.command import main

main()
