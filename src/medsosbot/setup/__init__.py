"""Setting up and looking after: `init` asks its way to a config, `doctor` says what is wrong."""
