// Tells the page around how high this one is, and, as WordPress wants it, where a link leads.
"use strict";

const narrow = "NARROW";
const file = document.querySelector("[data-file]");
const asked = new URLSearchParams(location.search);

// A calendar that is a file shows what its address asks for; that of another month stands at another one.
if (file) {
  const month = asked.get("month");
  if (month && file.dataset.month && month !== file.dataset.month) {
    asked.delete("month");
    location.replace(`${location.pathname.replace(/\d{4}-\d\d\/$/, "")}${month}/?${asked}${location.hash}`);
  }
  narrow(file, asked);
  if (asked.get("colours")) document.documentElement.className = `coopcal-${asked.get("colours")}`;
  asked.delete("month");
  for (const link of document.querySelectorAll(".coopcal-turn")) link.search = `${asked}`;
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
