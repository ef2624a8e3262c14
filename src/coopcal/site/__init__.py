"""The compiled site: files of some organisations each, an index and a manifest, swapped in by one rename.

``<out>/current`` names the version that is served; ``<out>/versions/<version>/`` holds it:
``manifest.json``, and under ``public/`` the shards (``feeds/``, ``records/``, ``site/``) with
``shards.json``, ``index.json``, the frame of ``site.json`` and the documents.
"""
