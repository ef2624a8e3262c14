// Shows first what suits the visitor's device, and adds buttons that copy and print. All is there without it.
"use strict";

const agent = navigator.userAgent;
const device = () => {
  if (/Android/.test(agent)) return "android";
  if (/iPhone|iPad|iPod|Macintosh/.test(agent)) return "apple";
  if (/Windows/.test(agent)) return "windows";
  return "google";
};

const button = (label) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = label;
  return made;
};

const equip = () => {
  for (const ways of document.querySelectorAll("[data-ways]")) {
    const suits = ways.querySelector(`[data-device="${device()}"]`);
    if (!suits) continue;
    ways.prepend(suits);
    suits.open = true;
  }

  for (const field of document.querySelectorAll("[data-copy]:not([data-can-copy])")) {
    field.dataset.canCopy = "";
    const copy = button(field.dataset.copyLabel);
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    said.className = "said";
    copy.addEventListener("click", async () => {
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        said.textContent = field.dataset.copiedLabel;
      } catch {
        said.textContent = document.execCommand("copy") ? field.dataset.copiedLabel : "";
      }
    });
    field.addEventListener("focus", () => field.select());
    field.after(copy, said);
  }
};

equip();
document.addEventListener("coopcal-new", equip);

for (const place of document.querySelectorAll("[data-print-label]")) {
  const print = button(place.dataset.printLabel);
  print.addEventListener("click", () => window.print());
  place.prepend(print, " ");
}
