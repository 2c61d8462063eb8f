// Filters the entries of a timeline page by kind of page, topic, standing and years. Everything is
// shown until somebody asks for less; what is asked for stands behind the `#` of the address.

(() => {
  "use strict";
  const place = document.querySelector("[data-timeline-filter]");
  const entries = [...document.querySelectorAll("[data-timeline] > li")];
  if (!place || entries.length < 2) return;

  const FIELDS = [
    { id: "kind", label: "Kind of page", any: "All kinds", test: (given, wanted) => given === wanted },
    { id: "topic", label: "Topic", any: "All topics", test: (given, wanted) => given === wanted },
    { id: "standing", label: "Standing", any: "All standings", test: (given, wanted) => given === wanted },
    { id: "from", of: "year", label: "From year", any: "First", test: (given, wanted) => +given >= +wanted },
    { id: "to", of: "year", label: "To year", any: "Last", test: (given, wanted) => +given <= +wanted },
  ];

  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const form = element("form", { class: "timeline-filter", "aria-label": "Filter the entries" });
  const status = element("p", { class: "timeline-filter__count", role: "status" });
  const reset = element("button", { type: "button" }, "Show all");
  const selects = new Map();
  for (const field of FIELDS) {
    const key = field.of ?? field.id;
    const values = [...new Set(entries.map((entry) => entry.dataset[key]).filter(Boolean))].sort();
    if (values.length < 2) continue;
    const select = element("select", { id: `timeline-${field.id}`, name: field.id });
    select.append(element("option", { value: "" }, field.any));
    for (const value of values) select.append(element("option", { value }, value));
    const label = element("label", { for: select.id }, field.label);
    form.append(element("div", { class: "timeline-filter__field" }, label, select));
    selects.set(field, select);
  }
  if (!selects.size) return;
  form.append(reset);

  const apply = () => {
    const wanted = [...selects].filter(([, select]) => select.value);
    let shown = 0;
    for (const entry of entries) {
      const fits = wanted.every(([field, select]) =>
        field.test(entry.dataset[field.of ?? field.id] ?? "", select.value));
      entry.hidden = !fits;
      shown += fits;
    }
    reset.disabled = !wanted.length;
    status.textContent = wanted.length
      ? `${shown} of ${entries.length} entries shown`
      : `All ${entries.length} entries shown`;
    return wanted;
  };

  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1));
    for (const [field, select] of selects) {
      select.value = asked.get(field.id) ?? "";
      if (select.selectedIndex < 0) select.value = ""; // no entry here has it
    }
    apply();
  };

  const write = () => {
    const asked = new URLSearchParams(apply().map(([field, select]) => [field.id, select.value]));
    const query = asked.toString();
    history.replaceState(null, "", query ? `#${query}` : location.pathname + location.search);
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", write);
  reset.addEventListener("click", () => {
    for (const select of selects.values()) select.value = "";
    write();
    selects.values().next().value.focus();
  });
  window.addEventListener("hashchange", read);
  place.append(form, status);
  read();
})();
