"""Writing sources: values as YAML that reads back the same, put into files whose other bytes stay as they are."""
