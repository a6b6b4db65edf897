"""The only place that builds: from the settings to the record, the destinations and the publisher, for every face.

build.py: the parts · passes.py: one pass · looks.py: what the reading commands show · deciding.py: decisions, import
showing.py: the page · online.py: asking the platforms · examining.py: what `doctor` is handed · demo.py: the main job
"""
