"""The self-check: the judge inside, which reads every composed post against the release itself before it is scheduled.

It knows nothing of how the post was made. Each sentence is aligned with one sentence of the release (align), the
matched words are kept, and the gates hang on them: form (form), words (tokens), what fell (deletions; with joints,
lists and seams), what stands by itself (standing) or leans on what was left out (leaning), who speaks (voices), what
must be said together (meaning, rumours, missing), of which event (events), and whether the release itself tells two
numbers (figures). The /terkini line has a judge of its own (line).
"""

from medsosbot.text.selfcheck.judge import judge, judge_form
from medsosbot.text.selfcheck.line import judge_line

__all__ = ["judge", "judge_form", "judge_line"]
