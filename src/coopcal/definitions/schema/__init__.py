"""The format as JSON Schema (draft 2020-12), made of the decoder's declarations, for editors that complete and mark."""

from coopcal.definitions.schema.document import FILES, File, document, written

__all__ = ["FILES", "File", "document", "written"]
