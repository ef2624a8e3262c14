((root, tongue, put) => {
  // Clocks of here, written as in ISO 8601: asking Intl even for a zone's name takes longer than all the rest.
  const clock = (moment) => new Date(moment - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  const isSame = (iso) => clock(new Date(iso)) === iso.slice(0, 16);

  // Whose time all of a list is, is told to whose clocks show another at any time of the year, so that it stands above each list or none.
  for (const above of root.querySelectorAll("[data-all-in]")) {
    if (!above.dataset.allIn.split(" ").every(isSame)) above.hidden = false;
  }

  // Today is the visitor's own.
  const today = clock(new Date()).slice(0, 10);
  for (const days of root.querySelectorAll("[data-today]")) {
    const isNow = days.querySelector(`[data-day="${today}"]`) && today.startsWith(days.dataset.month ?? "");
    for (const { classList, dataset: { day } } of days.querySelectorAll("[data-day]")) {
      classList.toggle(days.dataset.today, day === today);
      if (days.dataset.past) classList.toggle(days.dataset.past, isNow && day < today);
    }
  }

  // Formats are slow to make, and few.
  const formats = new Map();
  const format = (locale, options) => {
    const key = JSON.stringify([locale, options]);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
    return formats.get(key);
  };

  // Says times also in the visitor's own zone, where clocks differ: in one bracket with the zone where that stands there.
  for (const time of root.querySelectorAll("time[data-zone]")) {
    const { dateTime, dataset: { named, until }, lastChild: said } = time;
    delete time.dataset.zone;
    const moment = new Date(dateTime);
    if (Number.isNaN(moment.getTime()) || isSame(dateTime)) continue;
    const local = document.createElement("span");
    const [bracket, name] = /\s*\(([^()]+)\)\s*$/.exec(said.data ?? "") ?? ["", named];
    if (bracket) said.data = said.data.slice(0, -bracket.length);
    const mine = clock(moment).slice(0, 10);
    const say = (when, isDated, isZoned) => format(tongue === "en" ? "en-GB" : tongue, {
      ...(isDated && { weekday: "short", day: "numeric", month: "short" }),
      hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(isZoned && { timeZoneName: "short" }),
    }).format(when);
    const isOther = (day) => !day.startsWith(mine);
    const end = new Date(until ?? moment);
    const lasts = isOther(clock(end));
    const begin = until ? `${say(moment, lasts || isOther(dateTime))}${lasts ? " – " : "–"}` : "";
    local.textContent = `(${name ? `${name}; ` : ""}${begin}${say(end, until ? lasts : isOther(dateTime), true)})`;
    put(time, local);
  }
})
