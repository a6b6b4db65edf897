"""The queue folder: reads its files, moves them, and answers in STATUS.txt. Knows files and nothing else."""
