"""The command line: a file per family of commands, each importing what it needs when it runs."""
