"""Read the config: YAML and environment in, checked and frozen values out, or every fault at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from medsosbot import options, strict_yaml
from medsosbot.errors import Fault, SettingsError
from medsosbot.settings import agreement, faults, secrets, variables
from medsosbot.settings.schema import Keys

DEFAULT = Path("config/medsosbot.yaml")


def config_file(config: Path | None, environ: Mapping[str, str]) -> Path:
    """Which file is meant: the option, else $MEDSOSBOT_CONFIG, else config/medsosbot.yaml."""
    named = environ.get(variables.CONFIG)
    return config or (Path(named) if named else DEFAULT)


def project_root(config: Path) -> Path:
    """The config's folder, or that folder's parent if it is named `config`."""
    folder = Path(os.path.abspath(config)).parent  # noqa: PTH100  not resolved: a symlinked config stays where it is
    return folder.parent if folder.name == "config" else folder


def load(config: Path | None, environ: Mapping[str, str]) -> options.Settings:
    """The whole config, checked. Raises SettingsError with every fault that there is."""
    file = config_file(config, environ)
    document = read_document(file)
    overrides = variables.read(environ)
    found = secrets.read(Path(os.path.abspath(file)).parent, environ)  # noqa: PTH100
    data: Any = {} if document.data is None else document.data
    if not isinstance(data, dict):
        raise SettingsError(Fault("a mapping of keys is wanted", "timezone: Asia/Makassar", file=str(file), line=1))
    variables.lay_over(data, overrides)
    keys, problems = _checked(data)
    placed = [_place(p, file, document, overrides) for p in problems]
    placed.sort(key=lambda f: (f.line is None, f.line or 0))
    if keys is None or placed or found.faults:
        raise SettingsError(*placed, *found.faults)
    unknown = (*overrides.unknown, *found.unknown)
    return _settings(keys, Path(os.path.abspath(file)), found.secrets, unknown)  # noqa: PTH100


def read_document(file: Path) -> strict_yaml.Document:
    """The YAML of one file, as strings with their lines. Raises SettingsError."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
        return strict_yaml.load(text)
    except FileNotFoundError:
        hint = "name one with --config or $MEDSOSBOT_CONFIG, or go to the project's folder"
        raise SettingsError(Fault("there is no such file", hint, file=str(file))) from None
    except OSError as e:
        raise SettingsError(
            Fault(f"can't be read: {e.strerror}", "name a file that this user can read", file=str(file))
        ) from None
    except UnicodeDecodeError as e:
        line = e.object.count(b"\n", 0, e.start) + 1
        raise SettingsError(Fault("is no UTF-8", "save it as UTF-8", file=str(file), line=line)) from None
    except strict_yaml.StrictYamlError as e:
        raise SettingsError(*(faults.of_yaml(f, str(file)) for f in e.faults)) from None


def _checked(data: dict[str, Any]) -> tuple[Keys | None, list[faults.Problem]]:
    contradictions = agreement.problems(data)
    try:
        return Keys.model_validate(data), contradictions
    except ValidationError as e:
        return None, faults.of_schema(e) + contradictions


def _place(
    problem: faults.Problem, file: Path, document: strict_yaml.Document, overrides: variables.Overrides
) -> Fault:
    key = faults.dotted(problem.path)
    variable = overrides.places.get(problem.path)
    if variable:
        return Fault(problem.message, problem.hint, file=variable, key=key)
    return Fault(problem.message, problem.hint, file=str(file), line=document.line(problem.path), key=key)


def _settings(keys: Keys, file: Path, found: options.Secrets, unknown: tuple[str, ...]) -> options.Settings:
    root = project_root(file)
    return options.Settings(
        config_file=file,
        root=root,
        zone=keys.timezone,
        database=_sqlite(_under(root, keys.database)),
        queue=_under(root, keys.queue),
        words=_under(root, keys.words),
        var=root / "var",
        destinations=tuple(
            options.Destination(name=d.name, platform=d.platform, chat=d.chat, like=d.like, link=d.link)
            for d in keys.destinations
        ),
        checks=options.Checks(
            weekday=keys.checks.weekday,
            link=keys.checks.link,
            stale_after_days=keys.checks.stale_after_days,
            sensitive=tuple(keys.checks.sensitive),
            personal_data=keys.checks.personal_data,
            personal_data_allow=tuple(keys.checks.personal_data_allow),
            approval=keys.checks.approval,
        ),
        timetable=_timetable(keys),
        reconcile=options.Reconcile(timedelta(seconds=keys.reconcile.after_seconds), keys.reconcile.resends),
        office=options.Office(keys.office.name, keys.office.site),
        staff=options.Staff(keys.staff.chat, dict(keys.staff.members)),
        telegram=options.Telegram(**keys.telegram.model_dump()),
        x=options.X(keys.x.api_url, keys.x.per_15_minutes),
        secrets=found,
        unknown_variables=unknown,
    )


def _timetable(keys: Keys) -> options.Timetable:
    late = keys.timetable.late_hours
    return options.Timetable(
        zone=keys.timezone,
        slots=tuple(sorted(keys.timetable.slots)),
        gap=timedelta(minutes=keys.timetable.gap_minutes),
        quiet=keys.timetable.quiet,
        late=None if late is None else timedelta(hours=late),
    )


def _sqlite(path: Path) -> str:
    """An SQLAlchemy URL, in which % ? and # have meanings of their own."""
    return "sqlite:///" + str(path).replace("%", "%25").replace("?", "%3F").replace("#", "%23")


def _under(root: Path, path: str) -> Path:
    """Relative paths begin at the project's folder."""
    return Path(os.path.abspath(root / path))  # noqa: PTH100
