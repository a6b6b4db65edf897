"""The bot's face: what the public asks and what the staff types. Answers are pure; see answers.py."""
