// Reads a JSON list of Atom and RSS documents on stdin, and answers with what @rowanmanning/feed-parser makes of each.

import { readFileSync } from "node:fs";
import { parseFeed } from "@rowanmanning/feed-parser";

const read = (text) => {
  const feed = parseFeed(text);
  return {
    type: feed.meta.type,
    version: feed.meta.version,
    title: feed.title,
    language: feed.language,
    self: feed.self,
    items: feed.items.map(({ id, title, url, published, updated }) => ({ id, title, url, published, updated })),
  };
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(read)));
