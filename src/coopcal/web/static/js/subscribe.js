// Puts first what works on the visitor's device, and adds buttons that copy, share and print. All is there without it.
"use strict";

const { userAgent, maxTouchPoints } = navigator;
const isMac = /Macintosh/.test(userAgent);
const isPhone = /Android|iPhone|iPad|iPod/.test(userAgent) || (isMac && maxTouchPoints > 1);

// The ways that work here, the one to recommend first.
const suited = () => {
  if (/Android/.test(userAgent)) return ["android"];
  if (isPhone) return ["apple"];
  if (isMac) return ["apple", "google"];
  if (/Windows/.test(userAgent)) return ["outlook", "google"];
  return /Linux|BSD/.test(userAgent) ? ["other", "google"] : ["google"];
};

const made = (name, properties) => Object.assign(document.createElement(name), properties);

const speaker = () => {
  const said = made("span", { className: "said" });
  said.setAttribute("role", "status");
  return said;
};

// Copies at once where it can, before another window has the focus.
const copied = async (field) => {
  const before = document.activeElement;
  field.select();
  const done = document.execCommand("copy");
  if (before !== document.body) before?.focus({ preventScroll: true });
  if (done) return true;
  return navigator.clipboard.writeText(field.value).then(() => true, () => false);
};

const arrange = (ways) => {
  const others = made("details", { className: "others" });
  others.append(made("summary", { textContent: ways.dataset.ways }), ...ways.children);
  const first = suited().map((name) => others.querySelector(`[data-device="${name}"]`));
  ways.append(...first, others);
  const main = first[0].querySelector(".button");
  main.classList.add("main");
  for (const button of main.closest("ul")?.querySelectorAll(".button") ?? [main]) button.classList.add("large");
};

const query = (form) => {
  const data = new FormData(form);
  const pairs = ["organisation", "tag", "country", "role", "past", "future", "limit", "remind"]
    .map((name) => [name, data.getAll(name).sort().join(",")]).filter(([, value]) => value);
  return `${new URLSearchParams(pairs)}`.replaceAll("%2C", ",");
};

const asking = (address, asked) => address.split("?")[0] + (asked ? `?${asked}` : "");

// Lets all that a panel leads to ask for what was chosen.
const choose = (panel, form) => {
  const asked = query(form);
  const field = panel.querySelector("[data-copy]");
  const was = { address: field.value, page: panel.dataset.page };
  const now = { address: asking(was.address, asked), page: asking(was.page, asked) };
  const bare = (address) => address.replace(/^\w+:/, "");
  const forms = {
    bare: (text) => text.replace(bare(was.address), bare(now.address)),
    encoded: (text) => text.replace(encodeURIComponent(was.address), encodeURIComponent(now.address)),
    page: (text) => text.replace(encodeURIComponent(was.page), encodeURIComponent(now.page)),
    file: (text) => asking(text, asked),
    code: (text) => asking(text, asked.replace(/(^|&)remind=.*/, "")),
  };
  for (const element of panel.querySelectorAll("[data-with]")) {
    const name = element.hasAttribute("href") ? "href" : "src";
    element.setAttribute(name, forms[element.dataset.with](element.getAttribute(name)));
  }
  field.value = now.address;
  panel.dataset.page = now.page;
  const said = form.querySelector("[data-said]");
  said.textContent = said.dataset.said;
};

const equipPanel = (panel) => {
  const field = panel.querySelector("[data-copy]");
  arrange(panel.querySelector("[data-ways]"));
  if (isPhone) for (const code of panel.querySelectorAll(".qr")) code.hidden = true;
  for (const byHand of panel.querySelectorAll("[data-by-hand]")) byHand.hidden = true;
  if (isMac) for (const keys of panel.querySelectorAll("[data-keys]")) keys.textContent = "⌘V";

  for (const link of panel.querySelectorAll("[data-copies]")) {
    const said = speaker();
    link.textContent = link.dataset.copies;
    link.after(" ", said);
    link.addEventListener("click", async (event) => {
      if (link.getAttribute("href").startsWith("#")) event.preventDefault();
      said.textContent = "";
      said.textContent = (await copied(field)) ? field.dataset.copiedLabel : field.dataset.failedLabel;
    });
  }

  for (const link of panel.querySelectorAll("[data-share]")) {
    link.addEventListener("click", async (event) => {
      if (!navigator.share) return;
      event.preventDefault();
      try {
        await navigator.share({ title: link.dataset.share, url: panel.dataset.page });
      } catch (error) {
        if (error.name !== "AbortError") location.assign(link.href);
      }
    });
  }

  const form = panel.querySelector("[data-choosing]");
  form?.addEventListener("change", () => choose(panel, form));
};

const equip = () => {
  for (const panel of document.querySelectorAll("[data-panel]:not([data-equipped])")) {
    panel.dataset.equipped = "";
    equipPanel(panel);
  }

  for (const field of document.querySelectorAll("[data-copy]:not([data-can-copy])")) {
    field.dataset.canCopy = "";
    const copy = made("button", { type: "button", className: "button", textContent: field.dataset.copyLabel });
    const said = speaker();
    copy.addEventListener("click", async () => {
      said.textContent = "";
      said.textContent = (await copied(field)) ? field.dataset.copiedLabel : field.dataset.failedLabel ?? "";
    });
    field.addEventListener("focus", () => field.select());
    field.after(copy, said);
  }
};

// Leads to how one leaves again on this device.
for (const link of document.querySelectorAll("[data-leave]")) {
  const help = document.querySelector(`[data-device="${suited()[0]}"] a[href*="help/"]`);
  if (help) link.href = `${help.href}#leave`;
}

equip();
document.addEventListener("coopcal-new", equip);

for (const place of document.querySelectorAll("[data-print-label]")) {
  const print = made("button", { type: "button", textContent: place.dataset.printLabel });
  print.addEventListener("click", () => window.print());
  place.prepend(print, " ");
}
