// Filters calendars of a site that is published as files: what the form of the page asks for is found in the index of the site.
"use strict";

(() => {
  const AT_ONCE = 50;
  const section = document.querySelector(".filters[data-index]");
  const form = section.querySelector("form");
  const fitting = section.querySelector(".fitting");
  const chosen = section.querySelector(".chosen");
  const found = document.querySelector("#found");
  const plain = document.querySelectorAll("[data-listed]");
  const PAST = 20;
  const gone = document.querySelector("#found-past");
  const more = found?.querySelector("#more");
  const cells = [...document.querySelectorAll(".month-table td li, .week li li")].filter((item) => item.querySelector("a"));
  section.hidden = false;

  let index;
  let left = [];

  // What a value is called: by its box, or where none is offered as the page calls it anywhere.
  const wordsOf = (name, value) => {
    const box = [...form.querySelectorAll(`input[name="${name}"]`)].find((each) => each.value === value);
    return published.called(name, value) ?? box?.closest("label").querySelector(".words").textContent ?? value;
  };

  const chip = (words, query, isAll) => {
    const item = document.querySelector(isAll ? "#remove-all" : "#remove-one").content.firstElementChild.cloneNode(true);
    const link = item.querySelector("a");
    link.href = `${location.pathname}${`${query}` ? `?${query}` : ""}`;
    link.querySelector("bdi")?.append(words);
    return item;
  };

  const without = (given, name, value) => {
    const query = new URLSearchParams(given);
    query.delete(name);
    const others = published.choice(given)[name]?.filter((each) => each !== value) ?? [];
    if (others.length) query.set(name, others.join(","));
    return query;
  };

  const chips = (given, asked) => [
    ...(asked.words.length ? [chip(document.querySelector("#remove-one").dataset.quoted.replace("*", () => given.getAll("q").join(" ").trim()), without(given, "q"))] : []),
    ...published.names.flatMap((name) => asked[name].map((value) => chip(wordsOf(name, value), without(given, name, value)))),
    chip("", "", true),
  ];

  // Lets links to other views and months ask for the same.
  const carry = () => {
    for (const link of document.querySelectorAll(".tabs a, .turning a, .month-table a, .small-month a")) {
      if (/\/feeds\/[^/]+\/(\d{4}(-W?\d\d)?\/)?$/.test(link.pathname)) link.search = location.search;
    }
  };

  const turn = () => {
    const items = [];
    for (const date of left.splice(0, AT_ONCE)) {
      const words = published.chapter(index, date, Date.now() / 1000);
      if (found.querySelector("h3.chapter:last-of-type")?.textContent !== words) {
        const heading = Object.assign(document.createElement("h3"), { className: "chapter", textContent: words });
        more.parentElement.before(heading, Object.assign(document.createElement("ol"), { className: "events" }));
      }
      items.push(published.shown(index, date, section.dataset.owner));
      found.querySelector("ol:last-of-type").append(items.at(-1));
    }
    more.hidden = !left.length;
    document.dispatchEvent(new Event("coopcal-new"));
    return items[0];
  };

  const list = (asked, now) => {
    const { count, dates, past } = published.coming(index, asked, section.dataset.feed, now);
    left = dates;
    for (const each of found.querySelectorAll("h3.chapter, ol")) each.remove();
    found.querySelector(".nothing-fits").hidden = dates.length > 0;
    gone.hidden = !past.length;
    gone.querySelector("ol").replaceChildren(...past.slice(0, PAST).map((date) => published.shown(index, date, section.dataset.owner)));
    turn();
    return count;
  };

  // A session whose event is not shown stands by itself, on the day on which it begins.
  const addSessions = (asked) => {
    const days = new Map([...document.querySelectorAll("td.inside > time, td.outside > time, .week > li > h2 time")].map((time) => [time.dateTime, time.closest("td, li")]));
    for (const { event, record, day, address } of published.sessions(index, asked, section.dataset.feed)) {
      const cell = days.get(day);
      if (!cell || cells.some((item) => cell.contains(item) && item.querySelector("a").pathname === address)) continue;
      let items = cell.querySelector("ul");
      if (!items) cell.append(items = document.createElement("ul"));
      const item = document.createElement("li");
      item.className = `added o-${record.organisation}`;
      const link = document.createElement("a");
      link.href = address ?? event.page;
      link.append(published.said(record.title, record.title_in));
      item.append(link);
      items.append(item);
    }
  };

  const hide = (asked) => {
    const shown = new Set();
    for (const item of cells) {
      const link = item.querySelector("a");
      const record = published.recordAt(index, link.pathname);
      item.hidden = Boolean(asked && record && !published.fits(record, asked));
      if (!item.hidden && !item.closest(".outside")) shown.add(link.pathname);
    }
    for (const item of document.querySelectorAll(".added")) item.remove();
    if (asked) addSessions(asked);
    return shown.size + document.querySelectorAll(".added").length;
  };

  const show = async () => {
    const given = new URLSearchParams(location.search);
    const asked = published.choice(given);
    const isAsked = asked.words.length || published.names.some((name) => asked[name].length);
    published.fill(form, given);
    published.tell(form);
    if (isAsked) section.querySelector("details").open = true;
    chosen.replaceChildren(...(isAsked ? chips(given, asked) : []));
    carry();
    if (isAsked) {
      try {
        index ??= await published.read(section.dataset.index);
      } catch (error) {
        section.querySelector(".failed").hidden = false;
        throw error;
      }
      const count = found ? list(asked, Date.now() / 1000) : hide(asked);
      fitting.textContent = published.counted(fitting, count);
      published.tell(form, count);
    } else {
      if (!found && index) hide(null);
      fitting.textContent = "";
    }
    if (found) found.hidden = !isAsked;
    if (gone && !isAsked) gone.hidden = true;
    for (const each of plain) each.hidden = Boolean(isAsked);
    section.querySelector(".whole").hidden = !isAsked;
  };

  const go = (query) => {
    published.ask(query, "pushState");
    return show();
  };

  form.addEventListener("input", ({ target }) => target.type === "search" && published.tell(form));
  form.addEventListener("change", ({ target }) => target.type === "search" || go(published.askedOf(form)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await go(published.askedOf(form));
    published.lead(fitting);
  });
  chosen.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(new URLSearchParams(link.search));
    section.querySelector("summary").focus();
  });
  more?.addEventListener("click", () => turn().querySelector("a").focus());
  addEventListener("popstate", show);
  published.ask(new URLSearchParams(location.search));
  show();
})();
