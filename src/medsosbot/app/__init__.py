"""The only place that builds: from the settings to the record, the destinations and the publisher, for every face.

build.py: the parts · passes.py: one pass · looks.py: what the reading commands show ·
showing.py: the page · deciding.py: decisions, import · online.py: check --online · examining.py: doctor
"""

from medsosbot.app.deciding import decide, import_page
from medsosbot.app.examining import examine
from medsosbot.app.looks import check, preview, status, terkini
from medsosbot.app.online import check_online
from medsosbot.app.passes import dry_run, run_pass
from medsosbot.app.showing import write_page

__all__ = [
    "check",
    "check_online",
    "decide",
    "dry_run",
    "examine",
    "import_page",
    "preview",
    "run_pass",
    "status",
    "terkini",
    "write_page",
]
