"""What is no mistake, but worth a word."""

from collections import Counter
from datetime import date

from coopcal.model.problem import Problems
from coopcal.model.published import Published
from coopcal.model.site import Catalogue


def lone_editions(catalogue: Catalogue, previous: Published | None, today: date, problems: Problems) -> None:
    """A series has more than one edition."""
    del previous, today
    counts = Counter(event.series for event in catalogue.events() if event.series)
    for event in catalogue.events():
        if event.series and counts[event.series] == 1 and len(event.path) == 1:
            problems.note(
                event.place,
                "lone-edition",
                f"This is the only edition of the series “{event.series}”",
                "mend the name, if there are others",
            )


def same_file_names(
    catalogue: Catalogue, previous: Published | None, today: date, problems: Problems
) -> None:
    """The files of an event have names of their own, as they are published beside each other."""
    del previous, today
    for event in catalogue.events():
        files = {document.file for document in event.documents if document.file}
        names = Counter(file.rsplit("/", 1)[-1] for file in files)
        for name, count in names.items():
            if count > 1:
                problems.error(
                    event.place,
                    "same-file-name",
                    f"Two files of this event are named “{name}”",
                    "rename one of them",
                )


def visibility_note(
    catalogue: Catalogue, previous: Published | None, today: date, problems: Problems
) -> None:
    """``visibility`` guards what is published, not the files that it is written in; said once."""
    del previous, today
    for event in catalogue.events():
        if not event.is_public:
            problems.note(
                event.place,
                "files-are-not-hidden",
                "“visibility” guards what is published: whoever can read these files can read this event",
                "keep the folder where only those can read it who may",
            )
            return
