// Follows the sources while they are edited: loads the page again when there is a new version, and shows problems over it.
"use strict";

const shown = document.currentScript.dataset.version;
const panel = document.getElementById("coopcal-problems");
const PAUSE = 250; // milliseconds between two questions

async function follow() {
  if (document.visibilityState === "visible") {
    try {
      const state = await (await fetch("/watch/state")).json();
      if (state.version !== shown) {
        location.reload();
        return;
      }
      if (state.problems !== panel.dataset.problems) {
        const answer = await fetch("/watch/problems");
        panel.setAttribute("role", state.role);
        panel.innerHTML = await answer.text();
        panel.dataset.problems = state.problems;
      }
    } catch {
      // The server is away: it is asked again.
    }
  }
  setTimeout(follow, PAUSE);
}

document.addEventListener("keydown", (event) => {
  const details = panel.querySelector("details");
  if (event.key === "Escape" && details) details.open = false;
});
follow();
