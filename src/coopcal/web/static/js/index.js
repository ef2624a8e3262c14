// Finds events in the index of a site that is published as files, and shows dates as its pages list them.
"use strict";

const published = (() => {
  const { choice, fits, folded, later, length, names } = "CHOSEN";

  const FOLDED = 8;

  const toCome = (now) => (date) => date.ends > now;
  const inOrder = (one, other) => one.begins - other.begins || (one.address < other.address ? -1 : 1);

  // The dates of an event that are said in words.
  const dates = (event) => (event.dates ?? []).map(([record, tail, iso, day, begins, ends, words, short]) => (
    { event, record: event.records[record], address: tail.startsWith("/") ? tail : event.page + tail, iso, day, begins, ends, words, short }
  ));

  // Those, and further ones to come, which are there to be counted.
  const all = (event) => [
    ...dates(event),
    ...(event.later ?? []).map(([record, day, ends]) => ({ event, record: event.records[record], day, ends })),
  ];

  // The events of which something fits, each with those dates: no session of an event that is among them.
  const fitting = (index, asked, datesOf, isIn = () => true) => {
    const kept = new Map(index.events.map((event) => {
      const records = new Set(event.records.filter((record) => fits(record, asked)));
      return [event.page, records.size ? datesOf(event).filter((date) => records.has(date.record) && isIn(date)) : []];
    }));
    return index.events.filter(({ page, of }) => kept.get(page).length && !kept.get(of)?.length).map((event) => [event, kept.get(event.page)]);
  };

  // The next of the dates to come of an event: as one that is as usual, with those behind it, and the record that is its own.
  // It is in part where others of them, as they usually are, were not asked for: no sentence tells of it how the event recurs.
  const row = (event, ahead, now) => {
    const next = ahead.find(({ words }) => words);
    const met = new Set(ahead.map(({ record }) => record));
    const inPart = all(event).some(({ record, ends }) => ends > now && !record.apart && !met.has(record));
    const { record } = (!inPart && ahead.find((date) => !date.record.apart)) || ahead[0] || {};
    const { recurs, turns } = event;
    return next && { ...next, record, others: ahead.filter((date) => date !== next), own: next.record, inPart, recurs, turns };
  };

  // The dates to come of an event as lists show them: what is moved, off, or at another time stands by itself.
  const gathered = (event, ahead, now) => {
    const rows = new Map();
    for (const date of ahead) {
      const key = date.record.row ?? date.address ?? date;
      rows.set(key, [...(rows.get(key) ?? []), date]);
    }
    return [...rows.values()].map(([next, ...others]) => {
      const { row } = next.record;
      const met = new Set([next, ...others].map(({ record }) => record));
      const inPart = all(event).some(({ record, ends }) => ends > now && record.row === row && !met.has(record));
      return { ...next, others, own: next.record, inPart, recurs: row?.recurs, turns: row?.turns };
    }).filter(({ words }) => words);
  };

  // Dates to come of any events, as lists show them.
  const rowsOf = (dates, now) => {
    const events = new Map();
    for (const date of dates) events.set(date.event, [...(events.get(date.event) ?? []), date]);
    return [...events].flatMap(([event, ahead]) => gathered(event, ahead, now)).sort(inLists);
  };

  // What is known by its season or year alone stands behind all that is known in that.
  const inLists = (one, other) => {
    const place = ({ record, begins, ends }) => (record.roughly ? ends : begins);
    return place(one) - place(other) || Boolean(other.record.roughly) - Boolean(one.record.roughly) || (one.address < other.address ? -1 : 1);
  };

  // The words above a date in a list: its month, its season or year where no more is known, or that it is on already.
  const chapter = (index, { record, day }, now) => {
    const month = day.slice(0, "2026-12".length);
    return record.roughly ?? (month < new Date(now * 1000).toISOString().slice(0, month.length) ? index.now : index.chapters[month]);
  };

  // A date of each event that was found: those whose title has the words first, then what is coming, the next one first, then what is over, the last one first.
  const found = (index, asked, when, now) => {
    const ranked = [[], []];
    for (const [event, listed] of fitting(index, asked, all)) {
      const next = row(event, listed.filter(toCome(now)), now);
      const last = listed.findLast((date) => date.words && date.ends <= now);
      const date = { coming: next, past: last }[when] ?? (when === "all" ? next ?? last : undefined);
      const isTitled = listed.some(({ record }) => asked.words.every((word) => record.heading.includes(word)));
      if (date) ranked[isTitled ? 0 : 1].push(date);
    }
    const isOver = (date) => date.ends <= now;
    const nextFirst = (one, other) => isOver(one) - isOver(other) || (isOver(one) ? -1 : 1) * inOrder(one, other);
    return ranked.flatMap((some) => some.sort(nextFirst));
  };

  // Whether a letter is wrong, missing, one too many, or changed with its neighbour.
  const isSlip = (one, other) => {
    const [longer, shorter] = one.length < other.length ? [other, one] : [one, other];
    const at = [...shorter].findIndex((letter, number) => letter !== longer[number]);
    const from = at < 0 ? shorter.length : at;
    const rest = (text, more) => text.slice(from + more).join("");
    if (longer.length > shorter.length) return longer.length === shorter.length + 1 && rest(longer, 1) === rest(shorter, 0);
    const isSwapped = longer[from] === shorter[from + 1] && longer[from + 1] === shorter[from] && rest(longer, 2) === rest(shorter, 2);
    return rest(longer, 1) === rest(shorter, 1) || isSwapped;
  };

  // Words in place of those that were asked for, where one of them is found nowhere; "" where none is one slip away from it.
  const meant = (index, { words }) => {
    if (words.length > 8) return "";
    const known = new Map();
    for (const { records } of index.events) {
      const called = records.map(({ heading, words: others = "" }) => `${heading}\n${others}`).join("\n");
      for (const word of new Set(called.match(/[\p{L}\p{N}]+/gu))) known.set(word, (known.get(word) ?? 0) + 1);
    }
    const nearest = (word) => {
      const letters = [...word];
      const near = letters.length < 4 ? [] : [...known.keys()].filter((each) => isSlip(letters, [...each]));
      return near.sort((one, other) => known.get(other) - known.get(one) || byCharacter(one, other))[0];
    };
    const isFound = (word) => index.events.some(({ records }) => records.some(({ text }) => text.includes(word)));
    const likely = words.map((word) => (isFound(word) ? word : nearest(word)));
    return likely.every(Boolean) && `${likely}` !== `${words}` ? likely.join(" ") : "";
  };

  const isOf = (index, feed, record) => (feed === "all" ? !record.elsewhere : Boolean(record.feeds?.includes(index.feeds.indexOf(feed))));

  // What is coming in a feed of what is chosen: how many dates, and the next one of each event; and the last one that is gone.
  const coming = (index, asked, feed, now) => {
    const isIn = (date) => isOf(index, feed, date.record) && date.ends > now;
    const present = fitting(index, asked, all, (date) => isOf(index, feed, date.record));
    const ahead = present.map(([event, listed]) => [event, listed.filter(isIn)]);
    const past = present.map(([, listed]) => listed.filter((date) => date.words && date.ends <= now).sort(inOrder).at(-1)).filter(Boolean);
    return {
      count: ahead.reduce((sum, [, listed]) => sum + listed.length, 0),
      dates: rowsOf(ahead.flatMap(([, listed]) => listed), now),
      past: past.sort(inOrder).reverse(),
    };
  };

  // Dates of what is chosen in a feed that are of sessions whose event is not of it.
  const sessions = (index, asked, feed) =>
    fitting(index, asked, all, (date) => isOf(index, feed, date.record)).filter(([event]) => event.of).flatMap(([, listed]) => listed);

  // The record of what has its page at a path: an event, or one of its dates.
  const recordAt = (index, path) => {
    index.byPage ??= new Map(index.events.map((event) => [event.page, event]));
    const [, above, tail] = /^(.*\/)([^/]+\/)$/.exec(path) ?? [];
    const whole = index.byPage.get(path);
    if (whole) return whole.records[whole.others?.[""] ?? 0];
    const event = index.byPage.get(above);
    return event?.records[event.others?.[tail] ?? 0];
  };

  // Orders texts as the server does: by characters, not by the halves of those that take two.
  const byCharacter = (one, other) => {
    const [these, those] = [[...one], [...other]];
    const at = these.findIndex((character, number) => character !== those[number]);
    if (at < 0) return these.length - those.length;
    return those[at] === undefined ? 1 : these[at].codePointAt(0) - those[at].codePointAt(0);
  };

  // All dates to come of what was chosen of the calendar of everything: no session of an event that is among them.
  const chosen = (index, choice, now) => {
    const span = choice.future && length(choice.future);
    const end = span ? later(new Date(now * 1000).toISOString().slice(0, 10), span, 1) : "9999-12-31";
    const isIn = ({ record, day }) => !record.elsewhere && day <= end;
    return fitting(index, choice, all, isIn).flatMap(([, listed]) => listed.filter(toCome(now)));
  };

  const said = (text, language) => {
    const words = document.createElement("bdi");
    if (language) words.lang = language;
    words.textContent = text;
    return words;
  };

  const leaf = (item, { iso, day }, { weekdays, months }) => {
    const [year, month, number] = day.split("-").map(Number);
    const isKnown = iso.length > "2026-12".length;
    const weekday = (new Date(Date.UTC(year, month - 1, number)).getUTCDay() + 6) % 7;
    item.querySelector(".weekday").textContent = isKnown ? weekdays[weekday] : "";
    item.querySelector(".day").textContent = isKnown ? number : "?";
    item.querySelector(".month").textContent = isKnown ? months[month - 1] : year;
  };

  // The logo of whoever has a face, else letters.
  const faceOf = ({ logo, width, height, letters, tint }) => {
    if (logo) return Object.assign(document.createElement("img"), { className: "logo", src: logo, alt: "", ...(width && { width, height }), ...(!logo.startsWith("/") && { referrerPolicy: "no-referrer" }) });
    const face = document.createElement("span");
    face.className = `monogram${tint ? ` ${tint}` : ""}`;
    face.ariaHidden = "true";
    face.textContent = letters;
    return face;
  };

  // What sets a date apart, in words, once it is over but that its time will follow; nothing stays where nothing does.
  const states = (place, record, ends) => {
    const told = (record.states ?? []).filter(([kind]) => kind !== "time" || ends * 1000 > Date.now());
    for (const [kind, words] of told) {
      const state = Object.assign(document.createElement("span"), { className: `state ${kind}`, textContent: words });
      place.append(state, " ");
    }
    if (!told.length) place.remove();
  };

  // The further dates of an event, with what sets each apart from the first: some of them, and a way to all.
  const fold = (place, event, record, others) => {
    place.querySelector("summary span").textContent = counted(place, others.length);
    for (const each of place.querySelectorAll(".hidden")) each.textContent = each.textContent.replace("*", () => record.title);
    const every = place.querySelector("li");
    every.querySelector("a").href = event.page;
    const listed = others.filter(({ short }) => short).slice(0, FOLDED);
    const usual = (record.states ?? []).map(([, words]) => words);
    for (const { address, short, record: { states: apart = [] } } of listed) {
      const item = document.createElement("li");
      item.append(Object.assign(document.createElement("a"), { href: address, textContent: short }));
      for (const [kind, words] of apart) {
        if (kind === "free" || kind === "hours" || usual.includes(words)) continue;
        item.append(" ", Object.assign(document.createElement("span"), { className: `state ${kind}`, textContent: words }));
      }
      every.before(item);
    }
    if (listed.length === others.length) every.remove();
  };

  // From when on a series is called otherwise, or elsewhere, where dates before and behind that are shown.
  const turn = (place, event, all, records) => {
    const turns = (all ?? []).filter(([before, after]) => [before, after].every((number) => records.includes(event.records[number])));
    for (const [, , since, texts] of turns) {
      const line = document.createElement("li");
      line.append(since, ...texts.flatMap(([text, language], number) => [...(number ? [", "] : []), said(text, language)]));
      place.append(line);
    }
    if (!turns.length) place.remove();
  };

  // An item as the pages have it, of the template that stands in this one; whose it is goes without saying where it is an owner's.
  const shown = (index, date, owner) => {
    const { event, record, own, others = [], inPart, recurs, turns, address, iso, ends, words } = date;
    const item = document.querySelector("#item").content.firstElementChild.cloneNode(true);
    item.classList.add(`o-${record.organisation}`);
    item.classList.toggle("off", record.status === "cancelled" || record.status === "postponed");
    if (ends * 1000 > Date.now()) item.dataset.ends = new Date(ends * 1000).toISOString();
    leaf(item, date, index);
    const link = item.querySelector("a");
    link.href = others.length ? event.page : address;
    link.append(said(record.title, record.title_in));
    states(item.querySelector(".next .states"), others.length && own !== record ? own : {}, ends);
    states(item.querySelector("p.states"), record, ends);
    if (record.reason) item.querySelector(".reason").append(said(record.reason, record.reason_in));
    else item.querySelector(".reason").remove();
    if (record.whose?.some(([, organisation]) => organisation !== owner)) {
      const pageOf = (organisation) => Object.assign(document.createElement("a"), { href: `${index.organisations}${organisation}/` });
      for (const [number, [name, organisation]] of record.whose.entries()) {
        const words = organisation ? pageOf(organisation) : document.createElement("span");
        words.append(said(name));
        item.querySelector(".whose > span").append(...(number ? [", "] : []), words);
      }
      if (record.beyond) item.querySelector(".whose > span").append(" ", record.beyond);
      if (index.faces[record.face]) {
        const face = Object.assign(pageOf(record.face), { tabIndex: -1, ariaHidden: "true" });
        face.append(faceOf(index.faces[record.face]));
        item.querySelector(".whose").prepend(face, " ");
      }
    } else item.querySelector(".whose").remove();
    const time = document.createElement("time");
    time.dateTime = iso;
    if (record.zone) time.dataset.zone = record.zone;
    if (record.lasts) time.dataset.until = new Date(ends * 1000).toISOString();
    time.textContent = words;
    if (others.length && !inPart) {
      item.querySelector(".when").textContent = recurs;
      Object.assign(item.querySelector(".next a"), { href: address }).append(time);
    } else {
      item.querySelector(".when").append(time);
      item.querySelector(".next").remove();
    }
    if (others.length) fold(item.querySelector(".dates"), event, record, others);
    else item.querySelector(".dates").remove();
    turn(item.querySelector(".turns"), event, turns, [record, ...others.map((other) => other.record), own]);
    if (record.where) item.querySelector(".where").append(said(record.where, record.where_in));
    else item.querySelector(".where").remove();
    return item;
  };

  // A sentence about a number of things: its forms stand in the page, with "#" for the number.
  const counted = (forms, count) => {
    if (count === 0 && forms.dataset.none) return forms.dataset.none;
    const isOne = new Intl.PluralRules(document.documentElement.lang).select(count) === "one";
    return (isOne ? forms.dataset.one : forms.dataset.other).replace("#", count);
  };

  // Lets the button of a form say how much was found, or, where nothing is asked for or it is not found yet (`undefined`), that it searches.
  const tell = (form, count) => {
    const button = form.querySelector("button");
    button.dataset.search ??= button.textContent;
    button.textContent = count === undefined ? button.dataset.search : counted(button, count);
  };

  // Leads to what was found.
  const lead = (results) => {
    results.focus({ preventScroll: true });
    results.scrollIntoView();
  };

  // An index whose records have what they share with others, and those of changed dates what they share with their series.
  const unpacked = (index) => {
    for (const event of index.events) {
      const [{ heading = "", described = "" }] = event.records;
      event.records = event.records.map((record) => {
        const whole = { heading, described, ...index.shared[record.shared], ...record };
        return { ...whole, text: [whole.heading, whole.words, whole.described].join("\n") };
      });
      for (const record of event.records) record.row = event.rows?.[record.row - 1];
    }
    return index;
  };

  const read = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return unpacked(await answer.json());
  };

  // What a value is called of which no field has any.
  const called = (name, value) => [...document.querySelectorAll("#called option")].find((each) => each.value === `${name}=${value}`)?.label;

  const boxed = (form, name) => [...form.querySelectorAll(`input[type="checkbox"][name="${name}"]`)];

  // Shows in a form what an address (URLSearchParams) asks for; what is chosen of a list gets a box of its own.
  const fill = (form, asked) => {
    const chosen = choice(asked);
    if (form.elements.q) form.elements.q.value = asked.getAll("q").join(" ").trim();
    for (const name of names) {
      const list = form.querySelector(`select[name="${name}"]`);
      if (list) list.value = "";
      for (const box of boxed(form, name)) box.checked = chosen[name].includes(box.value);
      for (const value of chosen[name].filter((each) => !boxed(form, name).some((box) => box.value === each))) {
        const option = list && [...list.options].find((each) => each.value === value);
        const box = Object.assign(document.createElement("input"), { type: "checkbox", name, value, checked: true });
        const words = Object.assign(document.createElement("span"), { className: "words", textContent: option?.textContent ?? called(name, value) ?? value });
        const label = document.createElement("label");
        label.append(box, " ", words);
        if (list) list.before(label);
        else (boxed(form, name).at(-1)?.closest("fieldset") ?? form.firstElementChild).append(label);
      }
    }
  };

  // What a form asks for: names in the order of its fields, values of one apart by commas.
  const askedOf = (form) => {
    const data = new FormData(form);
    const query = new URLSearchParams();
    for (const name of new Set(data.keys())) {
      const values = [...new Set(data.getAll(name).map((value) => value.trim()).filter(Boolean))];
      if (values.length && !(name === "when" && values[0] === "coming")) query.set(name, values.join(name === "q" ? " " : ","));
    }
    return query;
  };

  // Lets the address of this page, and its links to other languages, ask for what is shown.
  const ask = (query, change = "replaceState") => {
    const search = `${query}` ? `?${query}`.replaceAll("%2C", ",") : "";
    if (search !== location.search) history[change](null, "", location.pathname + search);
    for (const link of document.querySelectorAll(".languages a")) link.search = search;
  };

  return { ask, askedOf, byCharacter, called, chapter, choice, chosen, coming, counted, fill, fits, found, folded, inOrder, lead, length, meant, names, read, recordAt, rowsOf, said, sessions, shown, tell, unpacked };
})();
