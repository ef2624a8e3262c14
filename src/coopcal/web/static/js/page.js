// Hides what is over by now, and says times also in the visitor's own zone. Pages are whole without it.
"use strict";

const language = document.documentElement.lang;
const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

for (const item of document.querySelectorAll("[data-ends]")) {
  if (Date.parse(item.dataset.ends) <= Date.now()) item.hidden = true;
}

const offset = (moment, timeZone) =>
  new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" }).formatToParts(moment).find((part) => part.type === "timeZoneName").value;

const day = (moment, timeZone) => new Intl.DateTimeFormat("en", { timeZone, dateStyle: "short" }).format(moment);

for (const time of document.querySelectorAll("time[data-zone]")) {
  const moment = new Date(time.dateTime);
  if (Number.isNaN(moment.getTime()) || offset(moment, here) === offset(moment, time.dataset.zone)) continue;
  const otherDay = day(moment, here) !== day(moment, time.dataset.zone);
  const said = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    ...(otherDay && { weekday: "short", day: "numeric", month: "short" }),
    hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
  }).format(moment);
  const local = document.createElement("span");
  local.className = "local";
  local.textContent = ` (${said})`;
  time.after(local);
}
