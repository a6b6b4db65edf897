"""The page of `preview --html`: what each destination would get, for the people who answer for it.

page.py: from a trial to plain values (release.py: one release, held.py: its held box, post.py: one post) ·
runs.py: a post's text as its platform shows it · marking.py: the release with the used words marked ·
explain.py: what was left out, by reason · render.py and templates/: the values as one self-contained file
"""
