((root, tongue, put) => {
  const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

  // Formats are slow to make, and few.
  const formats = new Map();
  const format = (locale, options) => {
    const key = JSON.stringify([locale, options]);
    if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
    return formats.get(key);
  };
  const clock = (moment, timeZone) => format("en", { timeZone, dateStyle: "short", timeStyle: "short" }).format(moment);

  // Whose time all of a list is, is told to whose clocks show another at any time of the year, so that it stands above each list or none.
  const QUARTER = 7889400000;
  const differs = (moment, zone) => clock(moment, here) !== clock(moment, zone);
  for (const above of root.querySelectorAll("[data-all-in]")) {
    if ([0, 1, 2, 3].some((quarter) => differs(Date.now() + quarter * QUARTER, above.dataset.allIn))) above.hidden = false;
  }

  // Today is the visitor's own.
  const today = new Date().toLocaleDateString("sv");
  for (const days of root.querySelectorAll("[data-today]")) {
    const isNow = today.startsWith(days.dataset.month);
    for (const { classList, dataset: { day } } of days.querySelectorAll("[data-day]")) {
      classList.toggle(days.dataset.today, day === today);
      if (days.dataset.past) classList.toggle(days.dataset.past, isNow && day < today);
    }
  }

  // Says times also in the visitor's own zone, where clocks differ: in one bracket with the zone where that stands there.
  for (const time of root.querySelectorAll("time[data-zone]")) {
    const { dateTime, dataset: { zone, named, until }, lastChild: said } = time;
    delete time.dataset.zone;
    const moment = new Date(dateTime);
    if (zone === here || Number.isNaN(moment.getTime())) continue;
    const [mine, theirs] = [clock(moment, here), clock(moment, zone)];
    if (mine === theirs) continue;
    const local = document.createElement("span");
    const [bracket, name] = /\s*\(([^()]+)\)\s*$/.exec(said.data ?? "") ?? ["", named];
    if (bracket) said.data = said.data.slice(0, -bracket.length);
    const say = (when, isDated, isZoned) => format(tongue === "en" ? "en-GB" : tongue, {
      ...(isDated && { weekday: "short", day: "numeric", month: "short" }),
      hour: "2-digit", minute: "2-digit", hourCycle: "h23", ...(isZoned && { timeZoneName: "short" }),
    }).format(when);
    const isOther = (said) => said.split(",")[0] !== mine.split(",")[0];
    const end = new Date(until ?? moment);
    const lasts = isOther(clock(end, here));
    const begin = until ? `${say(moment, lasts || isOther(theirs))}${lasts ? " – " : "–"}` : "";
    local.textContent = `(${name ? `${name}; ` : ""}${begin}${say(end, until ? lasts : isOther(theirs), true)})`;
    put(time, local);
  }
})
