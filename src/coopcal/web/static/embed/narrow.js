(() => {
  const { choice, fits, folded, later, length, names } = "CHOSEN";
  const values = "VALUES";

  const parts = (text, by = ",") => (text ?? "").split(by).map((part) => part.trim()).filter(Boolean);

  const renamed = (element, name) => {
    const other = document.createElement(name);
    for (const { name: attribute, value } of element.attributes) other.setAttribute(attribute, value);
    other.append(...element.childNodes);
    element.replaceWith(other);
  };

  // Whether a name is another that is mistyped: they have most pairs of letters in common.
  const alike = (one, other) => {
    const pairs = (name) => new Set([...name].map((letter, at) => letter + (name[at + 1] ?? "")));
    const [mine, theirs] = [pairs(one), pairs(other)];
    return 2 * [...mine].filter((pair) => theirs.has(pair)).length / (mine.size + theirs.size) > 0.6;
  };

  // Shows of a calendar that is a file what a server would have answered with: `section` is what is in the file, `asked` are the
  // parameters of its address (URLSearchParams).
  return (section, asked) => {
    for (const [name, pattern] of Object.entries(values)) {
      const value = asked.get(name);
      if (value && !new RegExp(`^(?:${pattern})$`).test(parts(value, /[,\s]/).join(" "))) throw Object.assign(new Error(`“${value}” isn’t a valid value for “${name}”.`), { told: true });
    }
    const chosen = choice(asked);
    const mine = choice(new URLSearchParams([...asked].filter(([name]) => name.startsWith("my-")).map(([name, value]) => [name.slice("my-".length), value])));
    const today = new Date().toISOString().slice(0, 10);
    const [past, future] = ["past", "future"].map((name) => length(asked.get(name) ?? ""));
    const begin = past ? later(today, past, -1) : "";
    const end = future ? later(today, future, 1) : "9999-12-31";
    const isList = !section.dataset.month && !section.dataset.week;
    let left = isList ? Number(asked.get("number") || asked.get("limit") || section.dataset.usual) : Infinity;
    for (const item of section.querySelectorAll("[data-days]")) {
      const [first, last] = item.dataset.days.split("/");
      const { parties, tags, countries, cities, spoken, online, ends } = item.dataset;
      const having = {
        parties: parts(parties).map((party) => party.split(" ")), tags: parts(tags), countries: parts(countries), cities: parts(cities, "|"),
        spoken: parts(spoken), online: parts(online), text: chosen.words.length || mine.words.length ? folded(item.textContent) : "",
      };
      const isOver = isList && Date.parse(ends) <= Date.now();
      item.hidden = isOver || last < begin || first > end || !fits(having, chosen) || !fits(having, mine) || left-- <= 0;
    }
    const all = section.querySelector(".coopcal-all");
    if (all) all.hidden = left >= 0;
    const lists = [...section.querySelectorAll(".coopcal-events")];
    for (const list of lists) {
      list.hidden = [...list.children].every((item) => item.hidden);
      const above = list.previousElementSibling;
      if (above?.matches(".coopcal-day")) above.hidden = list.hidden;
    }
    // Whose time all is in stands above times alone.
    if (!section.querySelector(".coopcal-event:not([hidden]) time[data-zone]")) section.querySelector("[data-all-in]")?.remove();
    const none = section.querySelector("[data-none]");
    if (none) {
      none.hidden = lists.some((list) => !list.hidden && !list.closest(".coopcal-outside"));
      if (Object.values(mine).flat().length) none.textContent = none.dataset.none;
    }

    // What visitors are let turn to and choose by; and what is asked for that nothing has.
    const shown = (name) => parts(asked.get(name), /[,\s]/);
    for (const each of section.querySelectorAll(".coopcal-view")) {
      each.hidden = !shown("views").includes(each.dataset.ask.slice("view=".length));
      each.parentElement.hidden = !asked.get("views");
    }
    for (const each of section.querySelectorAll("[data-by]")) {
      const { by } = each.dataset;
      const select = each.querySelector("select, input");
      select.value = by === "q" ? asked.get("my-q") : mine[by].join();
      each.hidden = !shown("filters").includes(by);
      each.parentElement.hidden = !asked.get("filters");
      if (by === "q") continue;
      const known = [...select.options].flatMap((option) => option.value.split(","));
      for (const option of [...select.options]) if ("over" in option.dataset && !option.selected) option.remove();
      each.hidden ||= select.options.length < 2;
      const lacking = chosen[by].filter((value) => !known.includes(value));
      const told = section.querySelector(`[data-wrong="${by}"]`);
      if (!told || !lacking.length || "full" in select.dataset) continue;
      told.querySelector("b").textContent = lacking.join(", ");
      const there = known.filter(Boolean).sort();
      told.append(` ${told.dataset.there}${there.slice(0, 12).join(", ")}${there.length > 12 ? ", …" : ""}`);
      told.hidden = false;
      if (none) none.hidden = true;
    }
    // What an element has and does not know: attributes, of those that are like one that there is; a language.
    const tell = (sentence) => {
      const told = Object.assign(document.createElement("p"), { className: "coopcal-wrong", textContent: ` ${sentence}` });
      told.prepend(section.querySelector("[data-wrong] strong").cloneNode(true));
      section.prepend(told);
    };
    for (const name of parts(asked.get("attributes"))) {
      const meant = ["feed", "event", "view", "language", ...names, "q", "past", "future", "limit", ...Object.keys(values)].find((each) => alike(name, each));
      if (meant) tell(`There is no attribute “${name}”. Did you mean “${meant}”?`);
    }
    if (asked.get("language")) tell(`This site isn’t available in the language “${asked.get("language")}”.`);

    const lacking = section.querySelector("[data-lacking]");
    if (lacking) lacking.hidden = !asked.get(lacking.dataset.wrong);
    const target = asked.get("target");
    if (target) {
      for (const link of section.querySelectorAll("a:not([data-ask])")) {
        link.querySelector(".coopcal-hidden:not(.coopcal-of)")?.remove();
        link.target = target;
        if (target !== "_blank") continue;
        link.rel = "noopener";
        const words = document.createElement("span");
        words.className = "coopcal-hidden";
        words.textContent = ` ${section.dataset.newtab}`;
        link.append(words);
      }
    }

    const isFramed = "framed" in section.dataset;
    const heading = section.querySelector(".coopcal-heading");
    if (asked.get("chrome") === "no" && heading) {
      section.querySelector(".coopcal-more")?.remove();
      heading.replaceChildren(heading.querySelector("a").firstChild);
      if (isFramed) heading.className = "coopcal-hidden";
      else heading.remove();
    }
    const level = Number(asked.get("level"));
    if (level && !isFramed) {
      for (const each of section.querySelectorAll(".coopcal-heading")) renamed(each, `h${level}`);
      for (const each of section.querySelectorAll(".coopcal-day")) renamed(each, `h${Math.min(level + 1, 6)}`);
    }
  };
})()
