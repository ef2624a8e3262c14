// <coop-calendar feed="…" view="list">, and frames as high as what is in them: <iframe data-coopcal>.
(() => {
  "use strict";
  const languages = "LANGUAGES";
  const style = "STYLE";
  const narrow = "NARROW";
  const here = new URL(document.currentScript.src);
  const known = ["number", "tag", "organisation", "country", "role", "past", "future", "chrome", "level", "month"];
  let sheet;
  let trusted = { createHTML: (text) => text };
  try {
    trusted = globalThis.trustedTypes?.createPolicy("coopcal", trusted) ?? trusted;
  } catch {}

  const language = (element) => {
    const wanted = element.getAttribute("language") ?? element.closest("[lang]")?.lang ?? "";
    return languages.find((each) => each === wanted) ?? languages.find((each) => each.split("-")[0] === wanted.split("-")[0]) ?? languages[0];
  };

  class CoopCalendar extends HTMLElement {
    static observedAttributes = ["feed", "view", "language", ...known];
    #asked = "";

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).append(document.createElement("slot"));
    }

    connectedCallback() {
      queueMicrotask(() => this.#show());
    }

    attributeChangedCallback() {
      if (this.isConnected) queueMicrotask(() => this.#show());
    }

    get #address() {
      const view = this.getAttribute("view") ?? "list";
      const path = `embed/${encodeURIComponent(this.getAttribute("feed") ?? "all")}/${encodeURIComponent(view)}.${language(this)}.html`;
      const address = new URL(path, here);
      for (const name of known) if (this.hasAttribute(name)) address.searchParams.set(name, this.getAttribute(name));
      return address.href;
    }

    // What stands at an address: of a site of files, what a server would have answered with.
    async #read(address) {
      const answer = await fetch(address, { credentials: "omit" });
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
      const template = document.createElement("template");
      template.innerHTML = trusted.createHTML(await answer.text());
      const section = template.content.querySelector("[data-file]");
      if (!section) return template.content;
      const { searchParams: asked, pathname } = new URL(address);
      const month = asked.get("month");
      if (month && section.dataset.month && section.dataset.month !== month && !pathname.endsWith(`/${month}.html`)) {
        return this.#read(address.replace(/\.html\?/, `/${month}.html?`));
      }
      narrow(section, asked);
      return template.content;
    }

    async #show() {
      const address = this.#address;
      if (address === this.#asked) return;
      this.#asked = address;
      this.setAttribute("aria-busy", "true");
      try {
        const content = await this.#read(address);
        if (address === this.#asked) this.#fill(content);
      } catch (error) {
        if (address === this.#asked) {
          this.#asked = "";
          this.shadowRoot.replaceChildren(document.createElement("slot"));
        }
        console.warn("coop-calendar:", error.message);
      } finally {
        this.removeAttribute("aria-busy");
      }
    }

    #fill(content) {
      for (const each of content.querySelectorAll("[class]")) {
        each.setAttribute("part", each.className.replaceAll("coopcal-", ""));
        if (each.dataset.ends && Date.parse(each.dataset.ends) <= Date.now()) each.hidden = true;
      }
      if (!sheet) {
        sheet = new CSSStyleSheet();
        sheet.replaceSync(style);
      }
      this.shadowRoot.adoptedStyleSheets = [sheet];
      this.shadowRoot.replaceChildren(content);
      this.dispatchEvent(new CustomEvent("coopcal-shown", { bubbles: true }));
    }
  }

  if (!customElements.get("coop-calendar")) customElements.define("coop-calendar", CoopCalendar);

  // A frame that was there before this script has told its height to nobody.
  const ask = () => {
    for (const frame of document.querySelectorAll("iframe[data-coopcal]")) frame.contentWindow?.postMessage({ coopcal: "ask" }, "*");
  };
  ask();
  addEventListener("load", ask);

  addEventListener("message", (event) => {
    const { coopcal, value } = event.data ?? {};
    if (event.origin !== here.origin || coopcal !== "height" || !(value > 0 && value < 20000)) return;
    for (const frame of document.querySelectorAll("iframe[data-coopcal]")) {
      if (frame.contentWindow === event.source) frame.style.height = `${value}px`;
    }
  });
})();
