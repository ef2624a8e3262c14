// Shows what comes of a choice at once; without it, a button does.
"use strict";

const form = document.querySelector("[data-builder]");
let latest = 0;

const show = async () => {
  const mine = ++latest;
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  if (query.get("language") === document.documentElement.lang) query.delete("language");
  const answer = await fetch(`${form.getAttribute("action")}?${query}`, { headers: { Accept: "text/html" } });
  if (!answer.ok || mine !== latest) return;
  if (new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== latest) return;
  document.querySelector("#result").replaceWith(document.adoptNode(page.querySelector("#result")));
  document.querySelector(".languages")?.replaceWith(document.adoptNode(page.querySelector(".languages")));
  document.querySelector("#said").textContent = (document.querySelector("[role=alert]") ?? document.querySelector("#inside")).textContent;
  history.replaceState(null, "", answer.url);
  document.dispatchEvent(new Event("coopcal-new"));
};

form.addEventListener("change", show);

// What is looked at in a frame is shown whole.
addEventListener("message", ({ data, source }) => {
  const preview = document.querySelector(".embed-preview");
  if (source === preview?.contentWindow && data?.coopcal === "height") preview.style.blockSize = `${data.value + 2}px`;
});
