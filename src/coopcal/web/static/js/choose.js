// Makes a calendar of what is chosen, of a site that is published as files: what is in it, and the file for its sources.
"use strict";

(async () => {
  const SHOWN = 10;
  const CHOICES = ["organisation", "tag", "country", "role"];
  const SINGLE = ["past", "future", "remind"];
  const form = document.querySelector("[data-index]");
  const heading = document.querySelector("#inside");
  const code = document.querySelector("#code-file");
  form.hidden = document.querySelector("#result").hidden = false;

  const choice = () => {
    const data = new FormData(form);
    return {
      ...Object.fromEntries(CHOICES.map((name) => [name, data.getAll(name).sort(published.byCharacter)])),
      ...Object.fromEntries(SINGLE.map((name) => [name, data.get(name) ?? ""])),
    };
  };

  // What the boxes call the values that were chosen, as a list that people say.
  const named = (name, values) => {
    const boxes = [...form.querySelectorAll(`[name="${name}"]`)];
    const words = values.map((value) => boxes.find((box) => box.value === value).dataset.words);
    const last = words.pop() ?? "";
    return words.length ? `${words.join(", ")} ${form.dataset.and} ${last}` : last;
  };

  const title = (chosen) => ["organisation", "country", "tag"].map((name) => named(name, chosen[name])).filter(Boolean).join(", ") || form.dataset.title;

  const query = (chosen) => {
    const pairs = [...CHOICES.map((name) => [name, chosen[name].join(",")]), ...SINGLE.map((name) => [name, chosen[name]])];
    return `${new URLSearchParams(pairs.filter(([, value]) => value))}`.replaceAll("%2C", ",");
  };

  // Chooses in the form what the address of the page asks for.
  const fill = () => {
    const asked = new URLSearchParams(location.search);
    for (const name of CHOICES) {
      const values = asked.getAll(name).flatMap((value) => value.split(","));
      for (const box of form.querySelectorAll(`[name="${name}"]`)) box.checked = values.includes(box.value);
    }
    for (const name of SINGLE) {
      const known = [...form.querySelectorAll(`[name="${name}"], [name="${name}"] option`)].some((each) => each.value === asked.get(name));
      if (known && form.elements[name]) form.elements[name].value = asked.get(name);
    }
  };

  let index;

  const show = async () => {
    const chosen = choice();
    published.ask(query(chosen));
    code.value = feedSource.yaml(chosen, title(chosen));
    document.querySelector("#file-name").textContent = `feeds/${feedSource.id(chosen)}.yaml`;
    try {
      index ??= await published.read(form.dataset.index);
    } catch (error) {
      document.querySelector("#failed").hidden = false;
      throw error;
    }
    const now = Date.now() / 1000;
    const dates = published.chosen(index, chosen, now);
    heading.textContent = published.counted(heading, dates.length);
    document.querySelector("#said").textContent = heading.textContent;
    document.querySelector("#nothing").hidden = dates.length > 0;
    const list = document.querySelector("#result ol");
    const first = published.rowsOf(dates, now).slice(0, SHOWN);
    list.replaceChildren(...first.map((date) => published.shown(index, date)));
    list.hidden = !dates.length;
    document.dispatchEvent(new Event("coopcal-new"));
  };

  form.addEventListener("change", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    show();
  });
  fill();
  show();
})();
