/* The frame: menu, colours, permalinks, and what is loaded when somebody asks for it. */
(() => {
  "use strict";
  const root = document.documentElement;
  const base = new URL(root.dataset.root || "./", location.href);
  const SCHEME = "briefing-scheme";

  /** Says something to those who listen to the page. */
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  document.body.append(status);
  const say = (words) => {
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = words; });
  };

  /** The address at which this page is published, as far as it can be known. */
  const published = () => {
    const canonical = document.querySelector('link[rel="canonical"]')?.href;
    return canonical && !canonical.includes("://briefing.example/") ? canonical : location.href.split(/[?#]/)[0];
  };
  window.briefing = { base, say, published };

  // The citation that is printed; the page may have been published elsewhere than it was built for.
  const cited = document.querySelector(".citation");
  if (cited) {
    const own = cited.querySelector(".citation__address");
    if (own) own.textContent = published();
    else cited.append(` ${published()}`);
  }

  const menu = document.querySelector(".tool--menu");
  const nav = document.getElementById("site-nav");
  if (menu && nav) {
    menu.hidden = false;
    const show = (open) => {
      nav.classList.toggle("is-open", open);
      menu.setAttribute("aria-expanded", String(open));
    };
    menu.addEventListener("click", () => show(menu.getAttribute("aria-expanded") !== "true"));
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || menu.getAttribute("aria-expanded") !== "true") return;
      const inside = nav.contains(document.activeElement);
      show(false);
      if (inside) menu.focus();
    });
  }

  // The system's colours, or light ones, or dark ones: each press goes on to the next.
  const SCHEMES = ["system", "light", "dark"];
  const toggle = document.querySelector(".tool--scheme");
  if (toggle) {
    const present = () => root.dataset.scheme ?? "system";
    const next = () => SCHEMES[(SCHEMES.indexOf(present()) + 1) % SCHEMES.length];
    const show = (scheme) => {
      if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
      else delete root.dataset.scheme;
      document.querySelector('meta[name="color-scheme"]')?.setAttribute("content", root.dataset.scheme ?? "light dark");
      toggle.textContent = `Colours: ${present()}`;
      toggle.setAttribute("aria-label", `Colours: ${present()}. Change to ${next()}`);
    };
    show(present());
    toggle.addEventListener("click", () => {
      show(next());
      say(`Colours: ${present()}`);
      try {
        if (root.dataset.scheme) localStorage.setItem(SCHEME, root.dataset.scheme);
        else localStorage.removeItem(SCHEME);
      } catch {
        // No storage: the choice lasts for this page.
      }
    });
    // Chosen on another page that is open, or before coming back to this one.
    const follow = () => {
      try {
        show(localStorage.getItem(SCHEME));
      } catch {
        // No storage: nothing to follow.
      }
    };
    addEventListener("storage", (event) => (event.key === SCHEME || event.key === null) && follow());
    addEventListener("pageshow", (event) => event.persisted && follow());
  }

  // A permalink is followed as any link is, and its address is put on the clipboard as well.
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.permalink");
    if (!link || !navigator.clipboard) return;
    navigator.clipboard.writeText(link.href).then(
      () => {
        link.classList.add("is-copied");
        say("The address of this claim has been copied.");
        setTimeout(() => link.classList.remove("is-copied"), 1500);
      },
      () => {}, // not allowed: the address bar has it
    );
  });

  // The search is loaded when it is asked for; without scripts its button is a link to its page.
  const load = (name) => import(new URL(`assets/js/${name}.js`, base));
  const opener = document.getElementById("search-open");
  const searchPage = document.querySelector("[data-search]");
  if (searchPage) load("search").then((search) => search.fillPage(searchPage));
  const openSearch = (event) => {
    event.preventDefault();
    load("search").then((search) => search.openSearch());
  };
  opener?.setAttribute("role", "button");
  opener?.addEventListener("click", (event) => {
    if (!(event.ctrlKey || event.metaKey || event.shiftKey)) openSearch(event);
  });
  opener?.addEventListener("keydown", (event) => event.key === " " && openSearch(event));
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") openSearch(event);
  });

  // The running head of printed pages; links to a heading are no part of its words.
  const heading = document.querySelector("h1")?.cloneNode(true);
  heading?.querySelectorAll(".headerlink, .permalink").forEach((link) => link.remove());
  root.style.setProperty("--running", JSON.stringify(heading?.textContent.trim() ?? document.title));

  // On paper a link is of use only with its address, and that of the site is known here.
  const ready = document.querySelector(".head__papers a[href]");
  if (ready) {
    const address = document.createElement("span");
    address.className = "on-paper";
    address.textContent = ` (${ready.href})`;
    ready.after(address);
  }
})();
