// Writes the file in feeds/ that makes a calendar of a choice, as the server does.
"use strict";

const feedSource = (() => {
  const LONGEST_ID = 64;
  const LETTERS = { ß: "ss", æ: "ae", Æ: "ae", œ: "oe", Œ: "oe", ø: "o", Ø: "o", ł: "l", Ł: "l", đ: "d", Đ: "d", ı: "i" };

  const list = (values) => (values.length ? `[${values.map((value) => JSON.stringify(value)).join(", ")}]` : "");

  // A length in one unit, as files have it; "" where it has none.
  const span = (written) => {
    const { months, days } = published.length(written) ?? { months: 0, days: 0 };
    if (months) return days ? "" : `${months} month${months === 1 ? "" : "s"}`;
    return days ? `${days} days` : "";
  };

  const yaml = (choice, title) => {
    const select = [
      ["organisations", list(choice.organisation)],
      ["roles", list(choice.role)],
      ["tags", choice.tag.length ? `{any: ${list(choice.tag)}}` : ""],
      ["countries", list(choice.country)],
    ].filter(([, value]) => value);
    const window = [["past", span(choice.past)], ["future", span(choice.future)]].filter(([, value]) => value);
    return [
      `title: ${JSON.stringify(title)}\n`,
      ...(select.length ? ["select:\n", ...select.map(([name, value]) => `  ${name}: ${value}\n`)] : []),
      ...(window.length ? [`window: {${window.map(([name, value]) => `${name}: ${value}`).join(", ")}}\n`] : []),
      ...(choice.remind ? [`# In the address alone: remind=${choice.remind}\n`] : []),
    ].join("");
  };

  // An id that says what was chosen; that of one organisation is taken already.
  const id = ({ organisation, tag, country, role }) => {
    const chosen = [...organisation, ...tag, ...country, ...role];
    if (chosen.length === 1) chosen.push("events");
    const plain = [...chosen.join("-").normalize("NFC")].map((letter) => LETTERS[letter] ?? letter).join("")
      .normalize("NFKD").replace(/[^\0-\x7f]/g, "").toLowerCase();
    return trim(trim(plain.replace(/[^a-z0-9]+/g, "-")).slice(0, LONGEST_ID)) || "our-events";
  };

  const trim = (text) => text.replace(/^-+|-+$/g, "");

  return { id, yaml };
})();
