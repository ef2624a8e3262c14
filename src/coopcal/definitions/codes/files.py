"""What is wrong with files and folders as such."""

from coopcal.model.problem import Code, Severity

CONTROL_CHARACTER = Code("control-character", "An invisible control character stands in the file.")
EMPTY_FILE = Code("empty-file", "A file without any line says nothing.")
FILE_AND_FOLDER = Code("file-and-folder", "An organisation is a file or a folder, not both.")
FILE_TOO_DEEP = Code(
    "file-too-deep", "Files in folders of folders are not read.", Severity.WARNING, switchable=True
)
LINK_LEAVES_TREE = Code(
    "link-leaves-tree", "A link leads to a file outside the folder, which others may not have."
)
LINK_LOOP = Code("link-loop", "A link leads in a circle.")
NO_FILE = Code("no-file", "A source is a regular file, not a device or a pipe.")
NO_KEYS = Code("no-keys", "A file is of lines “key: value”.")
NO_ORGANISATION_FILE = Code(
    "no-organisation-file", "A folder of events says in `organisation.yaml` whose they are."
)
NO_SITE = Code(
    "no-site", "A site has a file `coopcal.yaml`. `coopcal new site` writes it, with all that belongs to it."
)
NOT_UTF8 = Code("not-utf8", "Files are written in UTF-8; editors have it under “save with encoding”.")
RESERVED_ID = Code(
    "reserved-id", "Some ids are kept for coopcal's own addresses, or are no file names on Windows."
)
TOO_LARGE = Code("too-large", "A file has at most 5,000,000 bytes.")
UNREADABLE = Code("unreadable", "The file or folder cannot be read; its permissions may not allow it.")
WRONG_ENDING = Code("wrong-ending", "Only files whose names end in `.yaml` are read.")
