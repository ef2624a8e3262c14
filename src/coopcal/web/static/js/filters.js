// Shows what comes of filters at once, without losing the place in the form; without it, a button does.
// With it, the button says how much was found, and leads there; until what is asked for is shown, it searches.
"use strict";

(() => {
  const DELAY = 400;
  const status = document.createElement("p");
  status.className = "hidden";
  status.setAttribute("role", "status");
  document.body.append(status);

  let latest = 0;
  let waiting;

  const formOf = () => document.querySelector("[data-filters]");
  const asked = (form) => {
    const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
    return `${form.getAttribute("action").split("#")[0]}${`${query}` ? `?${query}` : ""}`;
  };

  // What the form asks for that stands in the page by now.
  let shown;

  const tell = () => {
    const form = formOf();
    const button = form?.querySelector("button");
    if (!button) return;
    button.dataset.search ??= button.textContent;
    const words = asked(form) === shown ? button.dataset.shown : button.dataset.search;
    if (button.textContent !== words) button.textContent = words;
  };

  const lead = () => {
    const results = document.querySelector("#fitting, #results");
    results?.focus({ preventScroll: true });
    results?.scrollIntoView();
  };

  const region = () => document.querySelector("#main");
  const holding = (parent, element) => [...parent.childNodes].find((child) => child.contains(element));

  // What stands in a fresh page for an element of this one.
  const counterpart = (element, fresh) => {
    if (element.name) {
      return [...fresh.querySelectorAll(`[name="${CSS.escape(element.name)}"]`)]
        .find((other) => other.type === element.type && (element.type !== "checkbox" || other.value === element.value));
    }
    return element.matches(".filters summary, .filters button") ? fresh.querySelector(`.filters ${element.localName}`) : null;
  };

  // Puts what is in a fresh element into another, but for one that stays where it is, with the place in it.
  const swap = (old, fresh, kept, other) => {
    if (!kept) return old.replaceChildren(...fresh.childNodes);
    if (old === kept) return;
    const [stays, goes] = [holding(old, kept), holding(fresh, other)];
    for (const child of [...old.childNodes]) if (child !== stays) child.remove();
    const nodes = [...fresh.childNodes];
    stays.before(...nodes.slice(0, nodes.indexOf(goes)));
    stays.after(...nodes.slice(nodes.indexOf(goes) + 1));
    swap(stays, goes, kept, other);
  };

  const put = (text, typed, leads) => {
    const page = document.adoptNode(new DOMParser().parseFromString(text, "text/html").documentElement);
    const fresh = page.querySelector("#main");
    const wasOpen = document.querySelector(".filters details")?.open;
    const focused = region().contains(document.activeElement) && document.activeElement !== region() ? document.activeElement : null;
    const other = focused && counterpart(focused, fresh);
    if (other && !typed) [focused.value, focused.checked] = [other.value, other.checked];
    if (other?.dataset.shown) focused.dataset.shown = other.dataset.shown;
    swap(region(), fresh, other && focused, other);
    const filters = document.querySelector(".filters details");
    if (filters && wasOpen) filters.open = true;
    if (focused && !other) (document.querySelector(".filters summary") ?? region()).focus();
    document.querySelector("header.site")?.replaceWith(page.querySelector("header.site"));
    document.title = page.querySelector("title").textContent;
    shown = typed || (formOf() && asked(formOf()));
    tell();
    if (leads) lead();
    else status.textContent = document.querySelector("#fitting, #results")?.textContent ?? "";
    document.dispatchEvent(new Event("coopcal-new"));
  };

  // Shows what stands at an address; where that fails, goes there.
  const show = async (address, change, leads) => {
    const mine = ++latest;
    clearTimeout(waiting);
    tell();
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      const text = await answer.text();
      if (mine !== latest) return;
      if (!answer.ok) return location.assign(address);
      put(text, change === "replaceState" && address, leads);
      if (change) history[change](null, "", answer.url);
    } catch {
      if (mine === latest) location.assign(address);
    }
  };

  addEventListener("input", ({ target }) => {
    if (!target.matches?.("[data-filters] [type=search]")) return;
    clearTimeout(waiting);
    tell();
    waiting = setTimeout(() => show(asked(target.form), "replaceState"), DELAY);
  });

  addEventListener("change", ({ target }) => {
    const form = target.form;
    if (form?.matches("[data-filters]") && target.type !== "search") show(asked(form), "pushState");
  });

  addEventListener("submit", (event) => {
    if (!event.target.matches("[data-filters]")) return;
    event.preventDefault();
    if (asked(event.target) === shown) lead();
    else show(asked(event.target), "pushState", true);
  });

  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-filter]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link.href, "pushState");
  });

  addEventListener("popstate", () => show(location.href));
  shown = formOf() && asked(formOf());
  tell();
})();
