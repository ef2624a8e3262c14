// Hides what is over by now, and says times also in the visitor's own zone. Pages are whole without it.
"use strict";

const language = document.documentElement.lang;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const item of document.querySelectorAll("[data-ends]")) {
  if (Date.parse(item.dataset.ends) <= Date.now()) item.hidden = true;
}

// Formats are slow to make, and few.
const formats = new Map();
const format = (locale, options) => {
  const key = JSON.stringify([locale, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
  return formats.get(key);
};

const clock = (moment, timeZone) => format("en", { timeZone, dateStyle: "short", timeStyle: "short" }).format(moment);
const day = (moment, timeZone) => clock(moment, timeZone).split(",")[0];

const tellLocalTimes = () => {
  for (const time of document.querySelectorAll("time[data-zone]")) {
    const { dateTime, dataset: { zone } } = time;
    delete time.dataset.zone;
    const moment = new Date(dateTime);
    if (zone === here || Number.isNaN(moment.getTime()) || clock(moment, here) === clock(moment, zone)) continue;
    const said = format(language === "en" ? "en-GB" : language, {
      ...(day(moment, here) !== day(moment, zone) && { weekday: "short", day: "numeric", month: "short" }),
      hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
    }).format(moment);
    const local = document.createElement("span");
    local.className = "local";
    local.textContent = `(${said})`;
    time.after(" ", local);
  }
};

tellLocalTimes();
document.addEventListener("coopcal-new", tellLocalTimes);
