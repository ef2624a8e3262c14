"""The files of an import, with the events in them."""

from collections.abc import Mapping

from coopcal.authoring.edit import Refusal, replace_events, source_of
from coopcal.authoring.importing.merging import Plan, Standing
from coopcal.authoring.placement import files_for_many, with_events
from coopcal.authoring.text import Value
from coopcal.definitions.source.tree import LARGEST, OrganisationFiles
from coopcal.model.message import Number, msg
from coopcal.model.problem import Position

_NEW_FILE = "# Events that “coopcal import” brought in. Edit them as you like: importing again keeps what you changed.\nevents: []\n"


def edited(
    made: Plan, files: OrganisationFiles, standing: Mapping[str, Standing], texts: Mapping[str, str]
) -> dict[str, str] | Refusal:
    """Return the texts of all files that a plan changes, by path; ``texts`` are those that stand."""
    changed_texts: dict[str, str] = {}
    by_path: dict[str, dict[str, Mapping[str, Value]]] = {}
    for identifier, values in made.changed.items():
        by_path.setdefault(standing[identifier].path, {})[identifier] = values
    for path, changed in by_path.items():
        source = source_of(path, texts[path])
        text = source if isinstance(source, Refusal) else replace_events(source, changed)
        if isinstance(text, Refusal):
            return text
        changed_texts[path] = text
    for path, events in files_for_many(files, list(made.added.values()), {**texts, **changed_texts}):
        text = with_events(path, changed_texts.get(path) or texts.get(path) or _NEW_FILE, events)
        if isinstance(text, Refusal):
            return text
        changed_texts[path] = text
    for path, text in changed_texts.items():
        if len(text.encode()) > LARGEST:
            sentence = msg(
                "The file would have more than {most} bytes, which are not read; make {organisation} a folder: "
                "move {path} to calendars/{organisation}/organisation.yaml, and import again",
                most=Number(LARGEST),
                organisation=files.id,
                path=path,
            )
            return Refusal(Position(path), sentence)
    return changed_texts
