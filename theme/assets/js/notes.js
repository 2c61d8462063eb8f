/* Notes beside their claims. The words stand once, in the list at the end of the page; this makes a
   button of each claim's count of articles, and a card with its notes: in the margin where there is
   one, below the claim elsewhere. Without scripts the numbers lead to the passages, and the list
   serves. */
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
