"""What is found of a web address that is asked for."""

from dataclasses import dataclass

from coopcal.model.message import Message


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an address, in words that go on “the link does not work: ”; ``sure`` that it is dead.

    Where it is not, it could not be looked at.
    """

    said: Message
    sure: bool = True
