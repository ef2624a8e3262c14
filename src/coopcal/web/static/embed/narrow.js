(() => {
  const { fits, later, length } = "CHOSEN";
  const values = {
    number: /^[1-9]\d{0,2}$/, chrome: /^(yes|no)$/, level: /^[2-6]$/, colours: /^(auto|light|dark)$/,
    month: /^[1-9]\d{3}-(0[1-9]|1[0-2])$/,
  };

  const parts = (text, by = ",") => (text ?? "").split(by).map((part) => part.trim()).filter(Boolean);

  const renamed = (element, name) => {
    const other = document.createElement(name);
    for (const { name: attribute, value } of element.attributes) other.setAttribute(attribute, value);
    other.append(...element.childNodes);
    element.replaceWith(other);
  };

  // Shows of a calendar that is a file what a server would have answered with: `section` is what is in the file, `asked` are the
  // parameters of its address (URLSearchParams).
  return (section, asked) => {
    for (const [name, pattern] of Object.entries(values)) {
      const value = asked.get(name);
      if (value && !pattern.test(value)) throw new Error(`“${value}” is no value of “${name}”.`);
    }
    const chosen = Object.fromEntries(["organisation", "role", "tag", "country"].map((name) => [name, asked.getAll(name).flatMap((text) => parts(text))]));
    chosen.country = chosen.country.map((code) => code.toUpperCase());
    const today = new Date().toISOString().slice(0, 10);
    const [past, future] = ["past", "future"].map((name) => length(asked.get(name) ?? ""));
    const begin = past ? later(today, past, -1) : "";
    const end = future ? later(today, future, 1) : "9999-12-31";
    const isList = !section.dataset.month;
    let left = isList ? Number(asked.get("number") || section.dataset.usual) : Infinity;
    for (const item of section.querySelectorAll("[data-days]")) {
      const [first, last] = item.dataset.days.split("/");
      const { parties, tags, countries, ends } = item.dataset;
      const having = { parties: parts(parties).map((party) => party.split(" ")), tags: parts(tags), countries: parts(countries) };
      const isOver = isList && Date.parse(ends) <= Date.now();
      item.hidden = isOver || last < begin || first > end || !fits(having, chosen) || left-- <= 0;
    }
    const lists = [...section.querySelectorAll(".coopcal-events")];
    for (const list of lists) {
      list.hidden = [...list.children].every((item) => item.hidden);
      const above = list.previousElementSibling;
      if (above?.matches(".coopcal-day")) above.hidden = list.hidden;
    }
    const none = section.querySelector("[data-none]");
    if (none) none.hidden = lists.some((list) => !list.hidden);

    const isFramed = "framed" in section.dataset;
    const heading = section.querySelector(".coopcal-heading");
    if (asked.get("chrome") === "no" && heading) {
      section.querySelector(".coopcal-more").remove();
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
