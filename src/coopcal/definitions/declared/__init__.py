"""What the format is declared with: keys, their readers, their texts by language."""
