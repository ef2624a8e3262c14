// Tells the page around how high this one is, and, as WordPress wants it, where a link leads.
"use strict";

const tellLocal = "LOCAL";
const file = document.querySelector("[data-file]");
const asked = new URLSearchParams(location.search);

// A calendar that is a file shows what its address asks for; that of another month or week stands at another one.
if (file) {
  for (const unit of ["month", "week"]) {
    const at = asked.get(unit);
    if (at && file.dataset[unit] && at !== file.dataset[unit]) {
      asked.delete(unit);
      location.replace(`${location.pathname.replace(/\d{4}-W?\d\d\/$/, "")}${at}/?${asked}${location.hash}`);
    }
  }
  try {
    globalThis.coopcalNarrow(file, asked);
  } catch (error) {
    file.replaceChildren(Object.assign(document.createElement("p"), { className: "coopcal-wrong", textContent: error.message }));
  }
  const { classList, style } = document.documentElement;
  if (asked.get("colours")) {
    classList.remove("coopcal-light", "coopcal-white");
    classList.add(`coopcal-${asked.get("colours")}`);
  }
  if (asked.get("accent")) style.setProperty("--coopcal-accent", `#${asked.get("accent").replace("#", "")}`);
  if (asked.get("ground")) {
    style.setProperty("--coopcal-paper", `#${asked.get("ground").replace("#", "")}`);
    classList.add("coopcal-grounded");
  }
  for (const unit of ["month", "week", "page"]) asked.delete(unit);
  for (const link of document.querySelectorAll("[data-ask]")) link.search = `${asked}`;
}

// By itself, it has no page around it to show through.
if (parent === window) document.documentElement.classList.add("coopcal-alone");

tellLocal(document, document.documentElement.lang, (time, local) => {
  local.className = "coopcal-local";
  time.append(" ", local);
});

// A choice shows at once; the button is for where no script runs.
for (const form of document.querySelectorAll(".coopcal-filters")) {
  form.querySelector(".coopcal-show").remove();
  form.addEventListener("change", () => {
    const chosen = new URLSearchParams(file ? asked : [...new FormData(form)]);
    for (const [name, value] of new FormData(form)) {
      if (value) chosen.set(name, value);
      else chosen.delete(name);
    }
    location.search = `${chosen}`;
  });
}

const secret = new URLSearchParams(location.hash.replace(/^#\?/, "")).get("secret");
const say = (message, value) => {
  if (secret) parent.postMessage({ message, value, secret }, "*");
};
let told = 0;
const tell = () => {
  const height = Math.ceil(document.body.getBoundingClientRect().height);
  if (height === told) return;
  told = height;
  parent.postMessage({ coopcal: "height", value: height }, "*");
  say("height", height);
};

if (parent !== window) {
  for (const item of document.querySelectorAll("[data-ends]")) {
    if (Date.parse(item.dataset.ends) <= Date.now()) item.hidden = true;
  }
  new ResizeObserver(tell).observe(document.body);
  addEventListener("message", (event) => {
    if (event.source !== parent || !(event.data?.coopcal === "ask" || event.data?.message === "ready")) return;
    told = 0;
    tell();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[target]");
    if (!link || !secret) return;
    event.preventDefault();
    say("link", link.href);
  });
}
