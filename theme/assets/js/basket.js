/* "My briefing": pages that a reader collects, kept in this browser alone, ordered, and set as one paper
   with a list of contents and one numbering of notes. */
(() => {
  "use strict";
  const { base, say } = window.briefing;
  const KEY = "briefing-pages";
  const here = location.pathname.startsWith(base.pathname)
    ? location.pathname.slice(base.pathname.length) : null;

  /** The collected pages: path within the site, and title. Null where nothing can be kept. */
  const load = () => {
    let text;
    try {
      text = localStorage.getItem(KEY) ?? "[]";
    } catch {
      return null;
    }
    try {
      const kept = JSON.parse(text);
      const isPage = (one) => typeof one?.path === "string" && typeof one?.title === "string"
        && !/^[a-z]+:|^\/|\.\./i.test(one.path);
      return Array.isArray(kept) ? kept.filter(isPage) : [];
    } catch {
      return []; // not what was kept here: as good as nothing
    }
  };
  const keep = (pages) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(pages));
      return true;
    } catch {
      say("This browser does not let the site keep anything, so the page could not be added.");
      return false;
    }
  };

  const make = (tag, name, text = "") => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.textContent = text;
    return element;
  };
  const button = (words, act, label) => {
    const element = make("button", "tool", words);
    element.type = "button";
    if (label) element.setAttribute("aria-label", label);
    element.addEventListener("click", act);
    return element;
  };

  /** The buttons in the head of a page that can be collected. */
  const offer = () => {
    const article = document.querySelector('article.briefing[data-page="entity"], article.briefing[data-page="source"], article.briefing[data-page="briefing"]');
    const head = article?.querySelector(":scope > .head");
    if (!head || here === null || load() === null) return;
    const row = head.querySelector(".actions") ?? head.appendChild(make("div", "actions"));
    const add = button("", () => {
      const pages = load() ?? [];
      const at = pages.findIndex((one) => one.path === here);
      const title = article.querySelector("h1").textContent.trim();
      if (at < 0) pages.push({ path: here, title });
      else pages.splice(at, 1);
      if (!keep(pages)) return;
      say(at < 0 ? `${title} has been added to your briefing.` : `${title} has been taken out of your briefing.`);
      label();
    });
    const open = make("a", "tool");
    open.href = new URL("my-briefing/", base).href;
    const label = () => {
      const pages = load() ?? [];
      const isIn = pages.some((one) => one.path === here);
      add.textContent = isIn ? "Remove from my briefing" : "Add to my briefing";
      open.textContent = `My briefing (${pages.length})`;
      open.hidden = !pages.length;
    };
    label();
    row.append(add, open);
    addEventListener("storage", label);
  };

  /** One collected page as an article of the paper: its ids made its own, its links led inside. */
  const fetchPage = async (entry, number) => {
    const url = new URL(entry.path, base);
    const answer = await fetch(url);
    if (!answer.ok) throw new Error(String(answer.status));
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const article = page.querySelector("article.briefing");
    if (!article) throw new Error("no article");
    const lead = `p${number}-`;
    article.querySelectorAll("[id]").forEach((node) => { node.id = lead + node.id; });
    for (const name of ["aria-labelledby", "aria-describedby", "aria-controls"]) {
      article.querySelectorAll(`[${name}]`).forEach((node) => {
        node.setAttribute(name, node.getAttribute(name).split(/\s+/).map((id) => lead + id).join(" "));
      });
    }
    article.querySelectorAll("use[href^='#'], [fill^='url(#']").forEach((node) => {
      const name = node.hasAttribute("href") ? "href" : "fill";
      node.setAttribute(name, node.getAttribute(name).replace("#", `#${lead}`));
    });
    article.querySelectorAll(".permalink, .paper__rests").forEach((node) => node.remove()); // other numbers hold in the paper
    article.querySelectorAll("h1").forEach((node) => {
      const heading = document.createElement("h2");
      heading.className = "gathered__title";
      heading.append(...node.childNodes);
      node.replaceWith(heading);
    });
    return { url, article: document.adoptNode(article), lead, title: entry.title };
  };

  /** Links between collected pages lead within the paper; others to their page. */
  const lead = (parts) => {
    const inside = new Map(parts.map((part) => [part.url.pathname, part]));
    for (const { article, url } of parts) {
      for (const link of article.querySelectorAll("a[href]")) {
        const to = new URL(link.getAttribute("href"), url);
        const part = to.origin === location.origin ? inside.get(to.pathname) : null;
        // Links in drawings have no property that could be set.
        link.setAttribute("href", part ? `#${part.lead}${to.hash ? to.hash.slice(1) : "top"}` : to.href);
      }
    }
  };

  /** The notes of a collected briefing, which tell what its sentences rest on: each claim once. */
  const gatherBasis = (article, numbers, basis) => {
    const list = article.querySelector(":scope > .paper__notes");
    for (const cite of article.querySelectorAll(".cites > a")) {
      const note = list?.querySelector(`[id="${CSS.escape(cite.hash.slice(1))}"]`);
      if (!note) continue;
      const claim = note.querySelector("[data-claim-ref]")?.dataset.claimRef;
      const key = `basis ${claim ?? note.textContent.replace(/\s+/g, " ").trim()}`;
      if (!numbers.has(key)) {
        numbers.set(key, numbers.size + 1);
        const twin = note.cloneNode(true);
        twin.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
        twin.value = numbers.get(key);
        twin.id = `note-${twin.value}`;
        basis.push(twin);
      }
      point(cite, numbers.get(key));
    }
    list?.remove();
  };

  const point = (cite, number) => {
    cite.textContent = number;
    cite.setAttribute("aria-label", `Note ${number}`);
    cite.setAttribute("href", `#note-${number}`);
  };

  /** One list of notes for the whole paper: a source once, a quotation once, numbered as they come. */
  const gather = (parts) => {
    const sources = new Map();
    const numbers = new Map();
    const basis = [];
    for (const { article } of parts) {
      gatherBasis(article, numbers, basis);
      const own = new Map();
      const list = article.querySelector(":scope > .notes");
      for (const note of list?.querySelectorAll("li[value]") ?? []) own.set(note.value, note);
      if (!list) continue;
      for (const cite of article.querySelectorAll(".cites > a")) {
        const note = own.get(Number(cite.textContent));
        if (!note) continue;
        const source = note.parentElement.closest("li").querySelector(".note__source");
        const name = source.querySelector("a").href;
        const key = `${name} ${note.querySelector("q").textContent}`;
        if (!sources.has(name)) sources.set(name, { head: source.cloneNode(true), notes: [] });
        if (!numbers.has(key)) {
          numbers.set(key, numbers.size + 1);
          const twin = note.cloneNode(true);
          twin.querySelectorAll(".back").forEach((one) => one.remove());
          twin.value = numbers.get(key);
          twin.id = `note-${numbers.get(key)}`;
          sources.get(name).notes.push(twin);
        }
        point(cite, numbers.get(key));
      }
      list.remove();
    }
    const section = make("section", "notes");
    section.setAttribute("aria-labelledby", "notes-title");
    const heading = make("h2", "", "Notes and sources");
    heading.id = "notes-title";
    const outer = make("ol", "notes__sources");
    for (const { head, notes } of sources.values()) {
      const item = make("li");
      const inner = make("ol");
      inner.append(...notes);
      item.append(head, inner);
      outer.append(item);
    }
    section.append(heading, ...(sources.size ? [outer] : []));
    if (basis.length) {
      const rests = make("section", "paper__notes");
      const inner = make("ol");
      inner.append(...basis);
      rests.append(make("h3", "", "What the sentences of briefings rest on"), inner);
      section.append(rests);
    }
    return numbers.size ? section : null;
  };

  /** The page "My briefing". */
  const fill = (home) => {
    const list = make("ol", "basket__list");
    const tools = make("div", "actions basket__tools");
    const paper = make("div", "gathered");
    let turn = 0;

    const change = (pages, words) => {
      keep(pages);
      say(words);
      draw();
    };
    const move = (at, by) => {
      const pages = load() ?? [];
      const [one] = pages.splice(at, 1);
      pages.splice(at + by, 0, one);
      change(pages, `${one.title} is now number ${at + by + 1}.`);
      const row = list.children[at + by];
      (row.querySelector(`[data-by="${by}"]:not(:disabled)`) ?? row.querySelector("button:not(:disabled)")).focus();
    };

    const compose = async (pages) => {
      const own = ++turn;
      paper.setAttribute("aria-busy", "true");
      const gone = [];
      const fetched = await Promise.all(pages.map((entry, at) =>
        fetchPage(entry, at + 1).catch(() => { gone.push(entry.title); return null; })));
      if (own !== turn) return;
      const parts = fetched.filter(Boolean);
      const contents = make("nav", "gathered__contents");
      contents.setAttribute("aria-label", "Contents");
      const heading = make("h2", "", "Contents");
      const names = make("ol");
      for (const { lead: mark, title, article } of parts) {
        article.id = `${mark}top`;
        const link = make("a", "", title);
        link.href = `#${mark}top`;
        names.append(make("li"));
        names.lastElementChild.append(link);
      }
      contents.append(heading, names);
      lead(parts);
      const notes = gather(parts);
      const missing = gone.length
        ? [make("p", "empty", `No longer on this site, and left out: ${gone.join("; ")}.`)] : [];
      paper.replaceChildren(contents, ...missing, ...parts.map(({ article }) => article), ...(notes ? [notes] : []));
      paper.removeAttribute("aria-busy");
    };

    const draw = () => {
      const pages = load();
      if (pages === null) {
        home.replaceChildren(make("p", "empty", "This browser does not let the site keep anything, so no pages can be collected."));
        return;
      }
      list.replaceChildren(...pages.map(({ path, title }, at) => {
        const item = make("li");
        const link = make("a", "", title);
        link.href = new URL(path, base).href;
        const up = button("Up", () => move(at, -1), `Move ${title} up`);
        const down = button("Down", () => move(at, 1), `Move ${title} down`);
        up.dataset.by = -1;
        down.dataset.by = 1;
        up.disabled = at === 0;
        down.disabled = at === pages.length - 1;
        const remove = button("Remove", () => {
          const rest = load() ?? [];
          rest.splice(at, 1);
          change(rest, `${title} has been taken out.`);
          (list.children[Math.min(at, rest.length - 1)]?.querySelector("button:not(:disabled)") ?? home).focus();
        }, `Remove ${title}`);
        item.append(link, up, down, remove);
        return item;
      }));
      tools.replaceChildren();
      if (pages.length) {
        tools.append(
          button("Print", () => print()),
          button("Empty the list", () => change([], "Your briefing is empty.")),
        );
        home.replaceChildren(list, tools, paper);
        compose(pages);
      } else {
        turn += 1;
        paper.replaceChildren();
        home.replaceChildren(make("p", "empty", "Nothing has been collected yet. Open a page and choose \u201cAdd to my briefing\u201d."));
      }
    };
    home.tabIndex = -1;
    draw();
    addEventListener("storage", (event) => event.key === KEY && draw());
  };

  const home = document.querySelector("[data-basket]");
  if (home) fill(home);
  else offer();
})();
