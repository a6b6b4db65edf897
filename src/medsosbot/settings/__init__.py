"""The config and the words: read, checked whole, handed down as frozen values (`options`, `text.rules`)."""
