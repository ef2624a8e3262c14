// Shows what comes of a choice at once; without it, a button does.
"use strict";

const form = document.querySelector("[data-builder]");
let latest = 0;

const show = async () => {
  const mine = ++latest;
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
  const answer = await fetch(`${form.getAttribute("action")}?${query}`, { headers: { Accept: "text/html" } });
  if (!answer.ok || mine !== latest) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (mine !== latest) return;
  document.querySelector("#result").replaceWith(document.adoptNode(page.querySelector("#result")));
  document.querySelector("#said").textContent = document.querySelector("#inside").textContent;
  history.replaceState(null, "", answer.url);
  document.dispatchEvent(new Event("coopcal-new"));
};

form.addEventListener("change", show);
