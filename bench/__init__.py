"""The performance figures, as ratios wherever a machine would else decide: `make bench`."""
