// Searches a site that is published as files: what the form of the page asks for is found in an index.
"use strict";

(async () => {
  const AT_ONCE = 50;
  const form = document.querySelector("[data-index]");
  const results = document.querySelector("#found");
  const heading = document.querySelector("#results");
  const more = document.querySelector("#more");
  const names = ["q", ...published.names, "when"];
  form.hidden = false;

  const asked = () => {
    const given = new URLSearchParams(location.search);
    const question = Object.fromEntries(names.map((name) => [name, (given.get(name) ?? "").trim()]));
    if (!["past", "all"].includes(question.when)) question.when = "coming";
    return question;
  };

  const fill = (question) => {
    for (const [name, value] of Object.entries(question)) if (form.elements[name]) form.elements[name].value = value;
  };

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
    const question = asked();
    fill(question);
    results.hidden = !(question.q || published.names.some((name) => question[name]));
    if (results.hidden) return;
    try {
      index ??= await published.read(form.dataset.index);
    } catch (error) {
      document.querySelector("#failed").hidden = false;
      throw error;
    }
    left = published.found(index, published.choice(new URLSearchParams(location.search)), question.when, Date.now() / 1000);
    heading.textContent = published.counted(heading, left.length);
    document.querySelector("#said").textContent = heading.textContent;
    document.querySelector("#nothing").hidden = left.length > 0;
    for (const each of document.querySelectorAll("[data-without]")) each.hidden = !index.without?.includes(each.dataset.without);
    const list = results.querySelector("ol");
    list.replaceChildren();
    list.hidden = !left.length;
    list.classList.toggle("past", question.when !== "coming");
    turn();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const query = new URLSearchParams([...new FormData(form)].filter(([name, value]) => value.trim() && !(name === "when" && value === "coming")));
    published.ask(query, "pushState");
    show();
  });
  more.addEventListener("click", () => turn().querySelector("a").focus());
  addEventListener("popstate", show);
  published.ask(new URLSearchParams(location.search));
  show();
})();
