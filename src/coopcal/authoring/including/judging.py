"""Whether what a server sent is a calendar, and a whole one."""

from http import HTTPStatus

from coopcal.authoring.importing.detection import Form, form_of
from coopcal.authoring.importing.encodings import as_utf8
from coopcal.model.message import Message, msg
from coopcal.outside.answer import Answer

_ENDS = b"END:VCALENDAR"


def fault_of(answer: Answer) -> Message | None:
    """Return why an answer brings no calendar, in words that go on “… cannot be fetched: ”; None where it brings a whole one."""
    if answer.status != HTTPStatus.OK:
        return msg("its server answers {code} ({reason})", code=answer.status, reason=_phrase(answer.status))
    form = form_of(answer.body, "calendar.ics")
    if isinstance(form, Message):
        return form
    if form is not Form.CALENDAR:
        return msg("what stands there is no calendar (.ics)")
    if not as_utf8(answer.body).rstrip(b"\x00\r\n\t \x1a").upper().endswith(_ENDS):
        return msg("it came cut off: the end of the calendar is missing")
    return None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "?"
