"""Categories of others → tags."""

from coopcal.authoring.importing.lines import Line
from coopcal.authoring.importing.loss_code import LossCode
from coopcal.authoring.importing.losses import Losses
from coopcal.authoring.importing.values import texts
from coopcal.model.ids import proposed_id
from coopcal.model.message import msg
from coopcal.model.site import SiteSettings


def tags(lines: dict[str, list[Line]], settings: SiteSettings, losses: Losses) -> list[str]:
    """Return the tags of an event; those that the site does not know are told, and left out."""
    known = settings.tags
    titles = {title.casefold(): tag for tag, text in known or () for _, title in text.by_language}
    chosen = dict[str, None]()
    for line in lines.get("CATEGORIES", ()):
        for category in texts(line.value):
            tag = titles.get(category.casefold()) or proposed_id(category)
            if not tag:
                losses.tell(
                    line.number,
                    LossCode.NO_TAG,
                    category,
                    msg("no tag can be made of it: tags are of letters a to z, digits and hyphens"),
                )
            elif known is not None and tag not in dict(known):
                losses.tell(
                    line.number,
                    LossCode.UNKNOWN_TAG,
                    category,
                    msg(
                        "to keep it, add “{tag}: {category}” under “tags” in coopcal.yaml and import again",
                        tag=tag,
                        category=category,
                    ),
                )
            else:
                chosen[tag] = None
    return list(chosen)
