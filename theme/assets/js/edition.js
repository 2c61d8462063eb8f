// A print carries the address of its page with `?edition=` behind it. Whoever follows it is told
// which edition the print is of, which one this is, and what has changed on this page since.

(() => {
  "use strict";
  const MOST = 10; // changes that the notice names
  const LABELS = {
    added: "Added", changed: "Changed", withdrawn: "Withdrawn", removed: "Removed", reinstated: "Stands again",
    disputed: "Now disputed", settled: "No longer disputed", single: "Now resting on one origin",
    corroborated: "Newly corroborated", sources: "Other sources cited", renamed: "Named otherwise",
    corrected: "Corrected", retracted: "Retracted", restored: "Stands again",
  };
  const asked = new URLSearchParams(location.search).get("edition");
  if (!asked) return;
  const root = window.briefing.base;

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const date = (text) => {
    if (!/^\d{4}-\d\d-\d\d$/.test(text || "")) return text || "";
    const options = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
    return new Date(`${text}T00:00:00Z`).toLocaleDateString("en-GB", options);
  };

  const named = (edition) => {
    const at = edition.as_of ? `, as of ${date(edition.as_of)}` : "";
    return edition.number ? `edition ${edition.number} (${edition.edition}${at})` : `edition ${edition.edition}${at}`;
  };

  const counted = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

  // What a briefing rests on: claims, and the sources of their quotations and of its own.
  const basis = (article) => new Set([...article.querySelectorAll("[data-basis], [data-quoted], .paper__notes [data-cite]")]
    .map(({ dataset }) => dataset.basis ?? `source:${dataset.quoted ?? dataset.cite}`));

  // The changes that belong to this page, of a file with one on each line.
  const own = (text, article) => {
    const rows = text.split("\n").filter(Boolean).map((line) => JSON.parse(line)).filter((row) => row.kinds);
    const { entity, source, briefing } = article ? article.dataset : {};
    if (briefing) {
      const used = basis(article);
      return rows.filter((row) => used.has(row.id));
    }
    return rows.filter((row) => (source ? row.id === `source:${source}` : entity && row.entity === entity));
  };

  const line = (row, article) => {
    const kinds = row.kinds.map((kind) => LABELS[kind] || kind).join(", ");
    const words = row.now || row.former.text || row.former.name || row.former.title || "";
    const claim = row.id.includes("#") && row.url ? row.url.slice(row.url.indexOf("#")) : "";
    const href = article?.dataset.briefing && row.url ? new URL(row.url, root).href : claim;
    const item = element("li", {}, element("strong", {}, `${kinds}: `));
    item.append(href ? element("a", { href }, words) : words);
    if (row.now && row.former.text) item.append(` (was: ${row.former.text})`);
    return item;
  };

  const show = (paragraphs, list, link) => {
    const place = document.querySelector("article.briefing") || document.querySelector("main");
    if (!place) return;
    const box = element("div", { class: "stale", role: "status", id: "stale-print" });
    place.prepend(box);
    box.append(...paragraphs.map((words) => element("p", {}, words)));
    if (list.length) box.append(element("ul", {}, ...list.slice(0, MOST)));
    if (list.length > MOST) box.append(element("p", {}, `And ${list.length - MOST} more.`));
    box.append(element("p", {}, element("a", { href: new URL(link.href, root).href }, link.words)));
    const close = element("button", { type: "button", class: "stale__close", "aria-label": "Close this notice" }, "×");
    close.addEventListener("click", () => box.remove());
    box.append(close);
  };

  const read = async (path, form) => {
    const answer = await fetch(new URL(path, root));
    if (!answer.ok) throw new Error(path);
    return answer[form]();
  };

  const tell = async () => {
    const now = await read("edition.json", "json");
    if (now.edition === asked) return;
    const here = now.editions.find((one) => one.edition === now.edition) || now;
    const stored = now.editions.find((one) => one.edition === asked);
    const all = now.editions.length ? new URL(now.editions[0].url, root).href.replace(/since-[^/]*\/?$/, "") : root.href;
    if (!stored) {
      const words = `Your print is of edition ${asked.slice(0, 40)}, which was not stored, so what has changed since cannot be listed. This is ${named(here)}.`;
      show([words], [], { href: all, words: "Changes between stored editions" });
      return;
    }
    const article = document.querySelector("article.briefing");
    const rows = stored.changes ? own(await read(stored.data, "text"), article) : [];
    const first = `Your print is of ${named(stored)}. This is ${named(here)}.`;
    const { entity, source, briefing } = article?.dataset ?? {};
    const where = briefing ? "in the facts that this briefing uses" : "on this page";
    let second = `Since then there have been ${counted(stored.changes, "change")} on the whole site.`;
    if (!stored.changes) second = "No fact has changed since then.";
    else if (rows.length) second = `Since then there ${rows.length === 1 ? "has" : "have"} been ${counted(rows.length, "change")} ${where}:`;
    else if (article && (entity || source || briefing)) second = `${where[0].toUpperCase()}${where.slice(1)} nothing has changed since then.`;
    if (briefing) second += rows.length ? "" : " Its own wording is not compared.";
    const link = { href: stored.url, words: `Everything that has changed since edition ${stored.number}` };
    show([first, second], rows.map((row) => line(row, article)), link);
  };

  // Without an answer the page is as good as without this script.
  const begin = () => tell().catch(() => {});
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
