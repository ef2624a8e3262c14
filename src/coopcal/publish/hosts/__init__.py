"""What hosts of published files are told beside the files: how to send them, and where former addresses lead."""
