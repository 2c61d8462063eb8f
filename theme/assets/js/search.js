/* The search: a dialog over every page, and a page of its own under `search/`, whose address holds the
   query. Loaded when somebody asks for it; the index is read as far as a query needs. */
import { open as openIndex } from "../search-core.js";

const PAGE = 10;
const WAIT = 120; // milliseconds after the last key
const PATIENCE = 250; // milliseconds until the reader is told that something is under way
const KINDS = {
  country: "Countries", person: "People", agreement: "Agreements", organisation: "Organisations",
  event: "Events", source: "Sources", briefing: "Briefings",
};
const KIND = {
  country: "Country", person: "Person", agreement: "Agreement", organisation: "Organisation",
  event: "Event", source: "Source", briefing: "Briefing",
};
const STANDINGS = {
  corroborated: "Corroborated", "single-origin": "Single origin", disputed: "Disputed",
  derived: "Derived", judgement: "Judgement", deprecated: "Reported, since corrected",
};
const root = document.documentElement.dataset.root || "./";
let index = null;

/** An element with attributes and children; texts are never read as markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

/** A text with the words of the query marked. */
function marked(text, wanted, wordsOf) {
  const parts = text.split(/([\p{L}\p{N}\p{M}'’.-]+)/u);
  return parts.map((part, at) => {
    if (at % 2 === 0 || !part) return part;
    const own = wordsOf(part);
    const hit = own.some((word) => wanted.some((one) => word.startsWith(one)));
    return hit ? make("mark", {}, part) : part;
  });
}

/** The search in an element: a field, filters, results. */
class Search {
  constructor(home, { remember }) {
    this.remember = remember;
    this.limit = PAGE;
    this.turn = 0;
    this.id = remember ? "search-page" : "search-dialog";
    this.field = make("input", {
      type: "search", id: `${this.id}-field`, name: "q", autocomplete: "off", spellcheck: "false",
      enterkeyhint: "search", "aria-describedby": `${this.id}-count`,
    });
    this.count = make("p", { class: "search__count", id: `${this.id}-count`, role: "status" });
    this.help = make("div", { class: "search__help", hidden: true });
    this.list = make("ol", { class: "search__results" });
    this.more = make("button", { type: "button", class: "tool", hidden: true }, "More results");
    this.filters = {
      kind: this.select("Kind of page", "Any kind"),
      standing: this.select("Standing", "Any standing"),
      source: this.select("Source", "Any source"),
      year: this.select("Year", "Any year"),
    };
    const form = make(
      "form", { class: "search__form", role: "search", method: "get" },
      make("label", { for: this.field.id }, "Search all claims, pages and sources"),
      this.field,
      make("div", { class: "search__filters", role: "group", "aria-label": "Narrow the search" },
        ...Object.values(this.filters).map(({ box }) => box)),
    );
    home.replaceChildren(form, this.count, this.help, this.list, this.more);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.timer);
      this.run();
    });
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.run(), WAIT);
    });
    form.addEventListener("change", (event) => {
      if (event.target !== this.field) this.run();
    });
    this.more.addEventListener("click", async () => {
      const before = this.list.childElementCount;
      this.limit += PAGE;
      await this.run(false);
      this.list.children[before]?.querySelector("a").focus();
    });
    // The arrows go from result to result, and back to the field.
    home.addEventListener("keydown", (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (!step || event.target.tagName === "SELECT") return;
      const stops = [this.field, ...this.list.querySelectorAll("li > a")];
      const at = stops.indexOf(document.activeElement);
      if (at < 0) return;
      event.preventDefault();
      stops[Math.max(0, Math.min(stops.length - 1, at + step))].focus();
    });
  }

  select(label, any) {
    const id = `${this.id}-${label.split(" ")[0].toLowerCase()}`;
    const control = make("select", { id }, make("option", { value: "" }, any));
    return { control, box: make("p", {}, make("label", { for: id }, label), control) };
  }

  /** Opens the index and fills the filters; says so when it cannot. */
  async prepare() {
    if (this.ready) return true;
    this.wait("Loading the index of this site …");
    try {
      index ??= openIndex(root).catch((error) => {
        index = null;
        throw error;
      });
      this.index = await index;
      if (!this.ready) this.fill(await this.index.sources().catch(() => []));
      this.ready = true;
      this.tell("");
    } catch {
      this.fail("The search index could not be read.");
    }
    return Boolean(this.ready);
  }

  /** Says what is under way, if it takes longer than a moment. */
  wait(words) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.tell(words), PATIENCE);
  }

  /** Says how the search stands, and what may help. */
  tell(words, ...help) {
    clearTimeout(this.waiting);
    this.count.textContent = words;
    this.help.replaceChildren(...help);
    this.help.hidden = !help.length;
  }

  fail(words) {
    const again = make("button", { type: "button", class: "tool" }, "Try again");
    again.addEventListener("click", () => {
      this.field.focus();
      this.run();
    });
    this.show([], "", false);
    this.tell(words, again, this.lists("Without the search:"));
  }

  /** The lists of pages, from the menu. */
  lists(lead) {
    const links = [...document.querySelectorAll("#site-nav a")].map((link) =>
      make("a", { href: link.getAttribute("href") }, link.textContent));
    return make("p", {}, lead, ...links.flatMap((link) => [" ", link]));
  }

  /** What to try when nothing was found. */
  advise(query) {
    const hasFilters = Object.values(this.chosen()).flat().length > 0;
    const without = make("button", { type: "button", class: "tool" }, "Search without filters");
    without.addEventListener("click", () => {
      for (const { control } of Object.values(this.filters)) control.value = "";
      this.field.focus();
      this.run();
    });
    const tips = make("ul", {},
      make("li", {}, "The beginning of a word is enough; endings are not guessed: shorten it."),
      make("li", {}, "Names are found in every spelling and script that their page gives; try another one."),
      query.includes(" ") ? make("li", {}, "Try one word alone.") : null,
    );
    return [hasFilters ? without : "", query ? tips : "", this.lists("All pages are in these lists:")].filter(Boolean);
  }

  fill(sources) {
    const { kind, standing, year } = this.index.filters();
    const add = (name, pairs) => this.filters[name].control.append(
      ...pairs.map(([value, label, count]) => make("option", { value }, `${label} (${count})`)),
    );
    add("kind", Object.keys(KINDS).filter((one) => kind[one]).map((one) => [one, KINDS[one], kind[one]]));
    add("standing", Object.keys(STANDINGS).filter((one) => standing[one])
      .map((one) => [one, STANDINGS[one], standing[one]]));
    add("year", Object.keys(year).sort().reverse().map((one) => [one, one, year[one]]));
    add("source", sources.map(({ id, count, title }) => [id, title, count]));
  }

  chosen() {
    const value = (name) => this.filters[name].control.value;
    const list = (name) => (value(name) ? [name === "year" ? Number(value(name)) : value(name)] : []);
    return Object.fromEntries(Object.keys(this.filters).map((name) => [name, list(name)]));
  }

  async run(anew = true) {
    const turn = ++this.turn;
    this.asked?.abort(); // an earlier query reads no more
    this.asked = new AbortController();
    if (!(await this.prepare()) || turn !== this.turn) return;
    if (anew) this.limit = PAGE;
    const query = this.field.value.trim();
    const filters = this.chosen();
    if (this.remember) this.note(query);
    if (!query && !filters.source.length && !filters.year.length) {
      this.show([], "", false);
      this.tell(Object.values(filters).flat().length ? "Type a word, or choose a source or a year." : "");
      return;
    }
    this.wait("Searching …");
    let found;
    try {
      found = await this.index.search(query, { filters, limit: this.limit, signal: this.asked.signal });
    } catch {
      if (turn === this.turn) this.fail("The site cannot be reached, or has changed since this page was opened. Load the page again to search.");
      return;
    }
    if (turn !== this.turn) return; // a later query is under way
    this.show(found.results, query, found.total > found.results.length);
    if (!found.total) {
      this.tell(query ? "Nothing here has these words." : "Nothing here fits.", ...this.advise(query));
      return;
    }
    const least = found.complete ? "" : "at least ";
    const words = found.total === 1 ? "1 result" : `${least}${found.total.toLocaleString("en")} results`;
    this.tell(found.relaxed ? `Nothing has all these words; ${words} with most of them.` : `${words[0].toUpperCase()}${words.slice(1)}.`);
  }

  show(results, query, hasMore) {
    const wanted = query ? this.index.wordsOf(query) : [];
    const mark = (text) => marked(text, wanted, this.index.wordsOf);
    this.list.replaceChildren(...results.map((one) => {
      const isClaim = one.id.includes("#");
      const words = isClaim ? one.words : one.title;
      const facts = [
        isClaim ? one.title : KIND[one.kind] ?? one.kind,
        STANDINGS[one.standing] ?? "",
        isClaim ? one.years.join(", ") : "",
      ].filter(Boolean);
      return make("li", {},
        make("a", { href: root + one.url }, ...mark(words)),
        make("p", {}, facts.join(" · ")),
        !isClaim && one.words && one.words !== one.title
          ? make("p", { class: "search__words" }, ...mark(one.words)) : null,
      );
    }));
    this.more.hidden = !hasMore;
  }

  /** The address of the search page holds the query, so that it can be sent to somebody. */
  note(query) {
    const address = new URL(location.href);
    const set = (name, value) => {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    };
    set("q", query);
    for (const [name, { control }] of Object.entries(this.filters)) set(name, control.value);
    history.replaceState(null, "", address);
  }

  async recall() {
    const asked = new URL(location.href).searchParams;
    this.field.value = asked.get("q") ?? "";
    if (!(await this.prepare())) return;
    for (const [name, { control }] of Object.entries(this.filters)) {
      control.value = asked.get(name) ?? "";
      if (control.selectedIndex < 0) control.value = "";
    }
    this.run();
  }
}

let dialog = null;
let search = null;

/** Opens the dialog; the page's own search, where it has one, is used instead. */
export function openSearch() {
  const own = document.getElementById("search-page-field");
  if (own) return own.focus();
  if (!dialog) {
    const close = make("button", { type: "button", class: "tool" }, "Close");
    const body = make("div", {});
    dialog = make("dialog", { class: "search", "aria-label": "Search" },
      make("div", { class: "search__bar" }, close), body);
    document.body.append(dialog);
    search = new Search(body, { remember: false });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      // Outside of it, or on a result: on the present page that only moves to the claim.
      if (event.target === dialog || event.target.closest("ol a")) dialog.close();
    });
  }
  if (!dialog.open) dialog.showModal();
  search.field.focus();
  search.field.select();
  search.prepare();
}

/** Makes the search of the search page. */
export function fillPage(home) {
  home.classList.add("search--page");
  new Search(home, { remember: true }).recall();
}
