// Hides what is over by now, and says times also in the visitor's own zone. Pages are whole without it.
"use strict";

const language = document.documentElement.lang;
for (const item of document.querySelectorAll("[data-ends]")) {
  if (Date.parse(item.dataset.ends) <= Date.now()) item.hidden = true;
}

const tell = "LOCAL";
const tellLocalTimes = () => tell(document, language, (time, local) => {
  local.className = "local";
  (time.closest(".bar") ? time : time.closest("a") ?? time).after(" ", local);
});

tellLocalTimes();
for (const days of document.querySelectorAll("[data-today-said]")) {
  for (const badge of days.querySelectorAll(".badge.now")) badge.remove();
  const badge = Object.assign(document.createElement("span"), { className: "badge now", textContent: days.dataset.todaySaid });
  days.querySelector(".today time")?.after(" ", badge);
}
document.addEventListener("coopcal-new", tellLocalTimes);
