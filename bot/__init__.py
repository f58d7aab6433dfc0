"""The program: command line, settings, ways of reaching people."""
