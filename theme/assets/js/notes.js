/* Notes beside their claims, and beside the sentences of a briefing. The words stand once, in the list at
   the end of the page; without scripts the numbers lead to the passages or to that list, and it serves. */

/* On the page of an entity: a button of each claim's count of articles, and a card with its notes, in
   the margin where there is one, below the claim elsewhere. */
(() => {
  "use strict";
  const article = document.querySelector("article.briefing");
  const list = article?.querySelector(":scope > .notes");
  if (!list) return;
  const wide = matchMedia("screen and (min-width: 72rem)");
  const GAP = 12;
  const cards = [];

  /** A copy of a note's source line or words, without what only the list needs. */
  const copy = (node) => {
    const twin = node.cloneNode(true);
    twin.removeAttribute("id");
    twin.querySelectorAll(".back, .note__address").forEach((one) => one.remove());
    return twin;
  };

  const makeCard = (claim, cites) => {
    const card = document.createElement("div");
    card.className = "card";
    card.id = `card-${claim.id}`;
    card.setAttribute("role", "group");
    card.setAttribute("aria-label", "Notes on this claim");
    const groups = new Map();
    for (const cite of cites) {
      const note = document.getElementById(`note-${cite.textContent.trim()}`);
      const source = note?.parentElement.closest("li");
      if (!source) continue;
      if (!groups.has(source)) {
        const group = document.createElement("div");
        group.className = "card__source";
        const head = copy(source.querySelector(".note__source"));
        const uses = document.createElement("ul");
        group.append(head, uses);
        groups.set(source, uses);
        card.append(group);
      }
      const item = document.createElement("li");
      const number = document.createElement("span");
      number.className = "card__number";
      number.textContent = `${cite.textContent.trim()} `;
      item.append(number, ...copy(note).childNodes);
      groups.get(source).append(item);
    }
    return card;
  };

  const isOpen = (entry) => entry.button.getAttribute("aria-expanded") === "true";

  const open = (entry, on) => {
    if (on) cards.forEach((other) => other !== entry && isOpen(other) && open(other, false));
    entry.button.setAttribute("aria-expanded", String(on));
    entry.card.classList.toggle("is-open", on);
    place();
  };

  /** Puts each card beside the first line of its claim, and below the card before it. */
  const place = () => {
    if (!wide.matches) {
      cards.forEach(({ card }) => { card.style.top = ""; });
      return;
    }
    const origin = article.getBoundingClientRect().top;
    const tops = cards.map(({ claim, card }) => ({
      card,
      shown: claim.offsetParent !== null || claim.getClientRects().length > 0,
      top: claim.getBoundingClientRect().top - origin,
      height: card.offsetHeight,
    }));
    let free = -Infinity;
    for (const { card, shown, top, height } of tops.sort((a, b) => a.top - b.top)) {
      card.hidden = !shown;
      if (!shown) continue;
      const at = Math.max(top, free);
      card.style.top = `${Math.round(at)}px`;
      card.classList.toggle("is-cut", card.scrollHeight > card.clientHeight + 1);
      free = at + height + GAP;
    }
  };

  article.classList.add("has-notes");
  for (const claim of article.querySelectorAll(".claim[id]")) {
    const cites = claim.querySelectorAll(":scope .cites > a");
    const counted = claim.querySelector(".counted");
    if (!cites.length || !counted) continue;
    const card = makeCard(claim, cites);
    if (!card.childElementCount) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "marker";
    button.textContent = counted.textContent;
    button.setAttribute("aria-expanded", "false");
    button.setAttribute("aria-controls", card.id);
    counted.replaceWith(button);
    button.closest(".claim__line").after(card);
    const entry = { claim, card, button };
    cards.push(entry);
    button.addEventListener("click", () => open(entry, !isOpen(entry)));
    // A number opens its note; with a modifier it is the link that it is without scripts.
    cites.forEach((cite) => cite.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open(entry, true);
      button.focus();
    }));
  }
  if (!cards.length) return;

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
    const entry = cards.find(isOpen);
    if (!entry) return;
    open(entry, false);
    entry.button.focus();
  });

  /** A link to a claim opens its notes where they would be hidden. */
  const follow = () => {
    const entry = cards.find(({ claim }) => claim.id === decodeURIComponent(location.hash.slice(1)));
    if (entry && !wide.matches) open(entry, true);
  };
  follow();
  addEventListener("hashchange", follow);
  place();
  wide.addEventListener("change", place);
  document.fonts?.ready.then(place);
  new ResizeObserver(place).observe(article);
  article.addEventListener("toggle", place, true);
})();

/* On the page of a briefing: the number behind a sentence shows its note, in the margin where there is one,
   below the paragraph elsewhere. One note at a time, since a sentence may rest on much. */
(() => {
  "use strict";
  const article = document.querySelector("article.paper");
  if (!article) return;
  const wide = matchMedia("screen and (min-width: 72rem)");
  const card = document.createElement("div");
  card.className = "card is-open";
  card.id = "open-note";
  card.tabIndex = -1;
  card.setAttribute("role", "group");
  let owner = null;

  const place = () => {
    if (!owner) return;
    const top = owner.getBoundingClientRect().top - article.getBoundingClientRect().top;
    card.style.top = wide.matches ? `${Math.round(top)}px` : "";
  };

  const close = () => {
    owner?.setAttribute("aria-expanded", "false");
    owner?.removeAttribute("aria-controls");
    owner = null;
    card.remove();
  };

  const open = (mark, note) => {
    close();
    owner = mark;
    mark.setAttribute("aria-expanded", "true");
    mark.setAttribute("aria-controls", card.id);
    const number = document.createElement("p");
    number.className = "card__number";
    number.textContent = `Note ${mark.textContent}`;
    const shut = document.createElement("button");
    shut.type = "button";
    shut.className = "card__close";
    shut.textContent = "Close";
    shut.addEventListener("click", leave);
    card.setAttribute("aria-label", number.textContent);
    card.replaceChildren(number, ...note.cloneNode(true).childNodes, shut);
    const block = mark.closest("p, li");
    if (block.tagName === "LI") block.append(card);
    else block.after(card);
    place();
    card.focus({ preventScroll: wide.matches });
  };

  const leave = () => {
    const mark = owner;
    close();
    mark?.focus();
  };

  for (const mark of article.querySelectorAll(".sentence .cites > a")) {
    const note = document.getElementById(mark.hash.slice(1));
    if (!note) continue;
    mark.setAttribute("role", "button");
    mark.setAttribute("aria-expanded", "false");
    const toggle = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // the link to the list
      event.preventDefault();
      if (owner === mark) leave();
      else open(mark, note);
    };
    mark.addEventListener("click", toggle);
    mark.addEventListener("keydown", (event) => event.key === " " && toggle(event));
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && owner && !document.querySelector("dialog[open]")) leave();
  });
  article.classList.add("has-notes");
  wide.addEventListener("change", place);
  new ResizeObserver(place).observe(article);
})();
