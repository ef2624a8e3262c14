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

  // Says times also in the visitor's own zone, where clocks differ.
  for (const time of root.querySelectorAll("time[data-zone]")) {
    const { dateTime, dataset: { zone } } = time;
    delete time.dataset.zone;
    const moment = new Date(dateTime);
    if (zone === here || Number.isNaN(moment.getTime())) continue;
    const [mine, theirs] = [clock(moment, here), clock(moment, zone)];
    if (mine === theirs) continue;
    const local = document.createElement("span");
    local.textContent = `(${format(tongue === "en" ? "en-GB" : tongue, {
      ...(mine.split(",")[0] !== theirs.split(",")[0] && { weekday: "short", day: "numeric", month: "short" }),
      hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
    }).format(moment)})`;
    put(time, local);
  }
})
