"""Pure functions from a release to its posts: rulers, reading, shortening, the self-check."""
