"""What happens to an item between the queue folder and the platforms: taken in, checked, timed, sent, decided."""
