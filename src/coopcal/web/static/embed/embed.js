// <coop-calendar feed="…" view="list">, and frames as high as what is in them: <iframe data-coopcal>.
(() => {
  "use strict";
  if (customElements.get("coop-calendar")) return;
  const languages = "LANGUAGES";
  const style = "STYLE";
  const tellLocal = "LOCAL";
  const here = new URL(document.currentScript.src);
  const known = "NAMES";
  const own = ["feed", "event", "view", "language", ...known];
  let sheet;
  let trusted = { createHTML: (text) => text, createScriptURL: (address) => address };
  try {
    trusted = globalThis.trustedTypes?.createPolicy("coopcal", trusted) ?? trusted;
  } catch {}

  const make = (name, className) => Object.assign(document.createElement(name), { className });

  const language = (wanted) => languages.find((each) => each === wanted) ?? languages.find((each) => each.split("-")[0] === wanted.split("-")[0]);

  // For files.
  // What shows of a file what was asked for.
  const narrowing = () => globalThis.coopcalNarrow ?? new Promise((resolve, reject) => {
    const script = make("script", "");
    script.src = trusted.createScriptURL(new URL("FILES", here).href);
    script.onload = () => resolve(globalThis.coopcalNarrow);
    script.onerror = () => reject(new Error(script.src));
    document.head.append(script);
  });
  // …

  class CoopCalendar extends HTMLElement {
    static observedAttributes = own;
    #asked = "";
    // What a visitor turned to and chose, beside what the page has fixed.
    #turned = new Map();
    #said = make("p", "coopcal-hidden");

    constructor() {
      super();
      this.#said.setAttribute("role", "status");
      const root = this.attachShadow({ mode: "open" });
      root.append(make("slot", ""));
      root.addEventListener("click", (event) => {
        const link = event.target.closest("[data-ask]");
        if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        this.#turn(link.dataset.ask, link.rel.includes(" ") ? `.coopcal-turn[rel="${link.rel}"]` : `[data-ask="${link.dataset.ask}"]`);
      });
      root.addEventListener("change", ({ target }) => {
        const { choose } = target.dataset;
        if (choose) this.#turn([[choose, target.value]], `[data-choose=${choose}]`);
      });
      root.addEventListener("submit", (event) => {
        if (event.target.matches(".coopcal-filters")) event.preventDefault();
      });
    }

    connectedCallback() {
      queueMicrotask(() => this.#show());
    }

    attributeChangedCallback(name, before, after) {
      if (before !== after && (name === "view" || name === "feed")) this.#turned.clear();
      if (this.isConnected) queueMicrotask(() => this.#show());
    }

    #turn(ask, focus) {
      this.#turned.delete("page");
      for (const [name, value] of new URLSearchParams(ask)) this.#turned.set(name, value);
      this.#show(focus);
    }

    get #address() {
      const said = (name) => this.#turned.get(name) ?? this.getAttribute(name);
      const view = said("view") ?? said("views")?.trim().split(/[\s,]+/)[0] ?? "list";
      const event = this.getAttribute("event");
      const path = event ? `events/${event}` : `${encodeURIComponent(this.getAttribute("feed") ?? "all")}/${encodeURIComponent(view)}`;
      const asked = this.getAttribute("language");
      const tongue = language(asked ?? this.closest("[lang]")?.lang ?? "");
      const address = new URL(`embed/${path}.${tongue ?? languages[0]}.html`, here);
      for (const name of new Set([...known, ...this.#turned.keys()])) {
        const value = name === "view" ? "" : said(name);
        if (value) address.searchParams.set(name, value);
      }
      // What may be mistyped is told in place.
      const strange = this.getAttributeNames().filter((name) => !own.includes(name) && /^(?!aria-|data-|on|(class|id|lang|part|style)$)[a-z-]+$/.test(name));
      if (strange.length) address.searchParams.set("attributes", strange.join());
      if (asked && !tongue) address.searchParams.set("language", asked);
      return address.href;
    }

    // What stands at an address: of a site of files, what a server would have answered with.
    async #read(address) {
      const answer = await fetch(address, { credentials: "omit" });
      const template = document.createElement("template");
      template.innerHTML = trusted.createHTML(await answer.text());
      const { content } = template;
      if (!answer.ok) throw Object.assign(new Error(`${address}: ${answer.status} ${content.textContent.trim().slice(0, 300)}`), { content: content.querySelector(".coopcal-wrong") });
      // For files.
      const section = content.querySelector("[data-file]");
      if (!section) return content;
      const { searchParams: asked, pathname } = new URL(address);
      for (const unit of ["month", "week"]) {
        const at = asked.get(unit);
        if (at && section.dataset[unit] && section.dataset[unit] !== at && !pathname.endsWith(`/${at}.html`)) {
          return this.#read(address.replace(/\.html\?/, `/${at}.html?`));
        }
      }
      (await narrowing())(section, asked);
      // …
      return content;
    }

    async #show(focus) {
      const address = this.#address;
      if (address === this.#asked) return;
      this.#asked = address;
      this.setAttribute("aria-busy", "true");
      try {
        const content = await this.#read(address);
        if (address === this.#asked) this.#fill(content, focus);
      } catch (error) {
        if (address === this.#asked) {
          this.#asked = "";
          // Who wrote the page reads what is wrong with it; who visits it has what stands inside the element.
          const told = error.content ?? (error.told && Object.assign(make("p", "coopcal-wrong"), { textContent: error.message }));
          this.#put(...(told ? [told] : []), make("slot", ""));
        }
        console.warn("coop-calendar:", error.message);
      } finally {
        this.removeAttribute("aria-busy");
      }
    }

    #put(...content) {
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
      }
      const root = this.shadowRoot;
      root.adoptedStyleSheets = [sheet];
      if (root.firstChild === this.#said) while (root.lastChild !== this.#said) root.lastChild.remove();
      else root.replaceChildren(this.#said);
      root.append(...content);
    }

    #fill(content, focus) {
      tellLocal(content, content.querySelector("[lang]")?.lang, (time, local) => {
        local.className = "coopcal-local";
        time.append(" ", local);
      });
      for (const each of content.querySelectorAll("[class]")) {
        each.setAttribute("part", each.className.replaceAll("coopcal-", ""));
        if (each.dataset.ends && Date.parse(each.dataset.ends) <= Date.now()) each.hidden = true;
      }
      const section = content.querySelector(".coopcal");
      for (const [name, property] of [["accent", "accent"], ["ground", "paper"]]) {
        const value = this.getAttribute(name);
        if (/^#?[\da-f]{6}$/i.test(value)) section.style.setProperty(`--coopcal-${property}`, `#${value.replace("#", "")}`);
      }
      for (const each of content.querySelectorAll(".coopcal-show")) each.remove();
      this.#put(content);
      if (focus) {
        const find = (what) => this.shadowRoot.querySelector(what);
        (find(focus) ?? find(".coopcal-turn, .coopcal-view"))?.focus();
        const count = this.shadowRoot.querySelectorAll(".coopcal-event:not([hidden])").length;
        this.#said.textContent = `${(find(".coopcal-caption") ?? find("[aria-current]"))?.textContent ?? ""} ${section.dataset.dates} ${count}`;
      }
      this.dispatchEvent(new CustomEvent("coopcal-shown", { bubbles: true }));
    }
  }

  customElements.define("coop-calendar", CoopCalendar);

  const frames = () => document.querySelectorAll("iframe[data-coopcal]");

  // A frame that was there before this script has told its height to nobody. A dark one lets the page through only where it is told to.
  const ask = () => {
    for (const frame of frames()) {
      if (/[?&]colours=dark/.test(frame.src)) frame.style.colorScheme = "dark";
      frame.contentWindow?.postMessage({ coopcal: "ask" }, "*");
    }
  };
  ask();
  addEventListener("load", ask);

  addEventListener("message", (event) => {
    const { coopcal, value } = event.data ?? {};
    if (event.origin !== here.origin || coopcal !== "height" || !(value > 0 && value < 20000)) return;
    for (const frame of frames()) {
      if (frame.contentWindow === event.source) frame.style.height = `${value}px`;
    }
  });
})();
