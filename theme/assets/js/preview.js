/* Previews of links to entities, claims, sources and briefings, on hover and on focus. What they show is read out
   of the page the link leads to, once for each page. They can be left with Esc, stay while the pointer
   is on them, and hold nothing that the page itself does not. */
(() => {
  "use strict";
  const { base } = window.briefing;
  const SECTIONS = /^(countries|people|agreements|organisations|events|sources|briefings)\/[^/]+(\/|\.html)$/;
  const FIRST = { source: ["p[data-record]", 1], briefing: [".paper__bottom .sentence", 2] };
  const DELAY = { show: 350, hide: 200 };
  const pages = new Map();
  let box = null;
  let owner = null;
  let timer = 0;
  let reading = null;

  /** The address within the site that a link leads to, where it has a preview. */
  const target = (link) => {
    const url = new URL(link.getAttribute("href"), location.href); // also of links in drawings
    if (url.origin !== location.origin || !url.pathname.startsWith(base.pathname)) return null;
    const path = url.pathname.slice(base.pathname.length);
    if (!SECTIONS.test(path) || url.pathname === location.pathname) return null;
    return url;
  };

  /** The page at an address, read once; left off when nobody wants it any more. */
  const read = (url) => {
    const address = url.origin + url.pathname;
    if (!pages.has(address)) {
      const stop = new AbortController();
      const page = fetch(address, { signal: stop.signal })
        .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(answer.status))))
        .then((html) => new DOMParser().parseFromString(html, "text/html"));
      const entry = { page, stop: () => stop.abort() };
      const forget = () => pages.get(address) === entry && pages.delete(address);
      stop.signal.addEventListener("abort", forget);
      page.then(() => { entry.stop = () => {}; }, forget);
      pages.set(address, entry);
    }
    reading = pages.get(address);
    return reading.page;
  };

  const line = (name, text) => {
    const element = document.createElement("p");
    element.className = name;
    element.textContent = text;
    return element;
  };

  const plain = (node) => {
    const twin = node.cloneNode(true);
    twin.querySelectorAll(".cites, .permalink").forEach((one) => one.remove());
    return twin.textContent.replace(/\s+/g, " ").trim();
  };

  /** What a page says of itself in a few lines, or of one of its claims or passages. */
  const lines = (page, url) => {
    const title = page.querySelector("h1");
    const article = page.querySelector("article.briefing");
    if (!title || !article) return [];
    const kind = article.querySelector(".head__kind");
    const found = [line("preview__title", plain(title))];
    if (kind) found.push(line("preview__kind", plain(kind)));
    const named = url.hash ? page.getElementById(decodeURIComponent(url.hash.slice(1))) : null;
    const words = named?.querySelector(".claim__text, blockquote");
    if (words) {
      found.push(line("preview__words", plain(words)));
      const standing = named.querySelector(".standing");
      if (standing) found.push(line("preview__kind", plain(standing)));
    } else {
      const [first, most] = FIRST[article.dataset.page] ?? [".claims .claim__text", 2];
      const told = [...article.querySelectorAll(first)].slice(0, most);
      found.push(...told.map((node) => line("preview__words", plain(node))));
      const counts = article.querySelector(".head__counts");
      if (counts) found.push(line("preview__kind", plain(counts).replace(/(\d) (?=[A-Z])/g, "$1, ")));
      const byline = article.querySelector(".paper__byline");
      if (byline) found.push(line("preview__kind", plain(byline)));
    }
    return found;
  };

  const hide = () => {
    clearTimeout(timer);
    reading?.stop();
    reading = null;
    owner?.removeAttribute("aria-describedby");
    owner = null;
    if (box) box.hidden = true;
  };

  const place = (link) => {
    const at = link.getClientRects()[0] ?? link.getBoundingClientRect();
    const { width, height } = box.getBoundingClientRect();
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8));
    const below = at.bottom + 6;
    const top = below + height > innerHeight - 8 && at.top > height + 8 ? at.top - height - 6 : below;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${top + scrollY}px`;
  };

  const show = async (link, url) => {
    let found;
    try {
      found = lines(await read(url), url);
    } catch {
      return; // the link itself will say that its page is gone
    }
    if (owner !== link || !found.length) return;
    if (!box) {
      box = document.createElement("div");
      box.className = "preview";
      box.id = "preview";
      box.setAttribute("role", "tooltip");
      document.querySelector("main").append(box);
      box.addEventListener("pointerenter", () => clearTimeout(timer));
      box.addEventListener("pointerleave", later);
    }
    box.replaceChildren(...found);
    box.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", box.id);
  };

  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(hide, DELAY.hide);
  };

  const want = (event) => {
    if (event.pointerType === "touch") return;
    const link = event.target.closest?.("main a[href]");
    if (!link || link === owner || link.closest(".crumbs, .pages, dialog")) return;
    const url = target(link);
    if (!url) return;
    hide();
    owner = link;
    timer = setTimeout(() => show(link, url), DELAY.show);
  };

  const leave = (event) => {
    if (owner && event.target.closest?.("a[href]") === owner) later();
  };

  // What a click moves below a pointer that rests is not pointed at.
  let rests = false;
  document.addEventListener("pointerover", (event) => rests || want(event));
  document.addEventListener("pointermove", (event) => {
    if (!rests) return;
    rests = false;
    want(event);
  });
  document.addEventListener("pointerout", leave);
  document.addEventListener("focusin", (event) => {
    if (event.target.matches?.(":focus-visible")) want(event);
  });
  document.addEventListener("focusout", leave);
  document.addEventListener("click", () => {
    rests = true;
    hide();
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
})();
