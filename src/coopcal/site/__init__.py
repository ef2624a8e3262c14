"""The compiled site: a few pack files, an index and a manifest, swapped in by one rename.

``<out>/current`` names the version that is served; ``<out>/versions/<version>/`` holds it:
``manifest.json``, and under ``public/`` the packs (``feeds.pack``, ``records.pack``), the
``index.json`` into them, ``site.json`` and the documents.
"""
