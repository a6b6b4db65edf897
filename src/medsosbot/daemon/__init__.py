"""The service: one event loop with ticks, a worker per destination, the notices and the bot, until a signal.

service.py: start to end · ticks.py: what happens each second · workers.py: a destination's worker · desk.py: what the
bot may ask · telling.py: who sends the notices · ending.py: signals and the drain
"""
