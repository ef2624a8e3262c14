// Searches a site that is published as files: what the form of the page asks for is found in an index.
"use strict";

(async () => {
  const AT_ONCE = 50;
  const form = document.querySelector("[data-index]");
  const results = document.querySelector("#found");
  const heading = document.querySelector("#results");
  const more = document.querySelector("#more");
  form.hidden = false;

  const when = (given) => (["past", "all"].includes(given.get("when")) ? given.get("when") : "coming");

  let index;
  let left = [];

  const turn = () => {
    const list = results.querySelector("ol");
    const items = left.splice(0, AT_ONCE).map((date) => published.shown(index, date));
    list.append(...items);
    more.hidden = !left.length;
    document.dispatchEvent(new Event("coopcal-new"));
    return items[0];
  };

  const show = async () => {
    const given = new URLSearchParams(location.search);
    const asked = published.choice(given);
    published.fill(form, given);
    form.elements.when.value = when(given);
    const chosen = published.names.reduce((sum, name) => sum + asked[name].length, 0);
    const told = form.querySelector("[data-chosen]");
    if (told) told.textContent = chosen ? ` (${chosen})` : "";
    published.tell(form);
    results.hidden = !(asked.words.length || chosen);
    if (results.hidden) return;
    try {
      index ??= await published.read(form.dataset.index);
    } catch (error) {
      document.querySelector("#failed").hidden = false;
      throw error;
    }
    left = published.found(index, asked, when(given), Date.now() / 1000);
    heading.textContent = published.counted(heading, left.length);
    document.querySelector("#said").textContent = heading.textContent;
    published.tell(form, left.length);
    document.querySelector("#nothing").hidden = left.length > 0;
    let isBeside = false;
    for (const each of document.querySelectorAll("[data-otherwise]")) {
      const { otherwise } = each.dataset;
      const isOther = !left.length && otherwise !== when(given) && when(given) !== "all";
      const beside = isOther ? published.found(index, asked, otherwise, Date.now() / 1000).length : 0;
      const address = new URLSearchParams(given);
      if (otherwise === "coming") address.delete("when");
      else address.set("when", otherwise);
      Object.assign(each.querySelector("a"), { href: `?${address}#results`, textContent: published.counted(each, beside) });
      each.hidden = !beside;
      isBeside ||= beside > 0;
    }
    const meant = document.querySelector("#meant");
    const words = left.length || isBeside ? "" : published.meant(index, asked);
    const likely = { ...asked, words: words.split(" ") };
    const period = words && [when(given), "all"].find((each) => published.found(index, likely, each, Date.now() / 1000).length);
    meant.hidden = !period;
    if (period) {
      const address = new URLSearchParams(given);
      address.set("q", words);
      if (period === "all") address.set("when", period);
      Object.assign(meant.firstElementChild, { href: `?${address}#results`, textContent: meant.dataset.quoted.replace("*", () => words) });
    }
    for (const each of document.querySelectorAll("[data-without]")) each.hidden = !index.without?.includes(each.dataset.without);
    for (const each of document.querySelectorAll("[data-order]")) {
      each.hidden = left.length < 2 || !(each.dataset.order === "words" ? asked.words.length : when(given) === "all");
    }
    const list = results.querySelector("ol");
    list.replaceChildren();
    list.hidden = !left.length;
    list.classList.toggle("past", when(given) === "past");
    turn();
  };

  form.addEventListener("input", ({ target }) => target.type === "search" && published.tell(form));
  form.addEventListener("change", ({ target }) => target.type === "search" || form.requestSubmit());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    published.ask(published.askedOf(form), "pushState");
    await show();
    if (event.submitter && !results.hidden) published.lead(heading);
  });
  more.addEventListener("click", () => turn().querySelector("a").focus());
  addEventListener("popstate", show);
  published.ask(new URLSearchParams(location.search));
  show();
})();
