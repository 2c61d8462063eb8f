/* "Cite this page": the page or one of its claims, as plain text, BibTeX, RIS and CSL-JSON. The edition
   and the day are those of the moment: pages do not change with each edition. */
(() => {
  "use strict";
  const { base, say, published } = window.briefing;
  const article = document.querySelector("article.briefing");
  const row = article?.querySelector(":scope > .head > .actions");
  if (!row || article.dataset.page === "my-briefing") return;

  const make = (tag, name, text = "") => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.textContent = text;
    return element;
  };
  const site = document.querySelector(".site__name")?.textContent.trim() ?? "";
  const title = article.querySelector("h1").textContent.trim();
  // Of briefings, as their byline gives them: a comma may belong to a name, so they stay one text. The
  // mark behind a name from right to left is for the eye.
  const authors = article.querySelector(".paper__byline")?.textContent.split(" · ")[0]
    .replaceAll("\u200e", "").trim() ?? "";
  const words = (claim) => {
    const twin = claim.querySelector(".claim__text").cloneNode(true);
    twin.querySelectorAll(".cites, .permalink").forEach((one) => one.remove());
    return twin.textContent.replace(/\s+/g, " ").trim();
  };
  const day = (date) => date.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  const iso = (date) => [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  const pad = (number) => String(number).padStart(2, "0");

  /** What all formats are made of. */
  const item = (claim, edition) => {
    const now = new Date();
    const as_of = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?/.exec(edition.as_of ?? "");
    return {
      id: [article.dataset.entity ?? article.dataset.source ?? article.dataset.briefing ?? "page", claim?.id, edition.edition].filter(Boolean).join("-"),
      authors,
      title: claim ? words(claim) : title,
      page: title,
      url: published() + (claim ? `#${claim.id}` : ""),
      edition: edition.edition ?? "",
      issued: as_of ? as_of.slice(1).filter(Boolean).map(Number) : [],
      accessed: iso(now),
      day: day(now),
    };
  };

  const issued = ({ issued: [year, month, date] }) =>
    year ? day(new Date(year, (month ?? 1) - 1, date ?? 1)).split(" ").slice(date ? 0 : month ? 1 : 2).join(" ") : "";
  const escapes = { "\\": "\\textbackslash{}", "{": "\\textbraceleft{}", "}": "\\textbraceright{}", "&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}" };
  const tex = (text) => text.replace(/[\\{}&%$#_~^]/g, (sign) => escapes[sign]);

  const FORMATS = {
    Plain: (one) => [
      one.authors ? `${one.authors.replace(/\.$/, "")}.` : "",
      one.title === one.page ? `“${one.title}”.` : `“${one.title}” In: ${one.page}.`,
      `${site}.`,
      one.edition ? `Edition ${one.edition}${issued(one) ? `, as of ${issued(one)}` : ""}.` : "",
      `${one.url} (accessed ${one.day}).`,
    ].filter(Boolean).join(" "),
    BibTeX: (one) => [
      `@misc{${one.id.replace(/[^A-Za-z0-9-]/g, "")},`,
      one.authors ? `  author = {{${tex(one.authors)}}},` : null,
      `  title = {{${tex(one.title)}}},`,
      `  howpublished = {${tex(one.title === one.page ? site : `${one.page}, ${site}`)}},`,
      one.edition ? `  edition = {${tex(one.edition)}},` : null,
      one.issued[0] ? `  year = {${one.issued[0]}},` : null,
      `  url = {${one.url.replace(/[{}\\]/g, encodeURIComponent)}},`,
      `  urldate = {${one.accessed.map(pad).join("-")}}`,
      "}",
    ].filter((line) => line !== null).join("\n"),
    RIS: (one) => [
      "TY  - ELEC",
      one.authors ? `AU  - ${one.authors}` : null,
      `TI  - ${one.title}`,
      `T2  - ${one.title === one.page ? site : `${one.page}, ${site}`}`,
      one.edition ? `ET  - ${one.edition}` : null,
      one.issued[0] ? `PY  - ${one.issued[0]}` : null,
      one.issued[0] ? `DA  - ${[one.issued[0], ...one.issued.slice(1).map(pad), "", ""].slice(0, 3).join("/")}/` : null,
      `UR  - ${one.url}`,
      `Y2  - ${one.accessed.map(pad).join("/")}/`,
      "ER  - ",
    ].filter((line) => line !== null).join("\n"),
    "CSL-JSON": (one) => JSON.stringify([{
      id: one.id,
      type: "webpage",
      ...(one.authors ? { author: [{ literal: one.authors }] } : {}),
      title: one.title,
      "container-title": one.title === one.page ? site : `${one.page}, ${site}`,
      ...(one.edition ? { edition: one.edition } : {}),
      URL: one.url,
      ...(one.issued.length ? { issued: { "date-parts": [one.issued] } } : {}),
      accessed: { "date-parts": [one.accessed] },
    }], null, 2),
  };

  const open = make("button", "tool", "Cite this page");
  open.type = "button";
  open.setAttribute("aria-expanded", "false");
  open.setAttribute("aria-controls", "cite");
  row.prepend(open);
  let panel = null;
  let edition = {};

  const build = () => {
    panel = make("section", "cite");
    panel.id = "cite";
    panel.setAttribute("aria-label", "Cite this page");
    const select = (id, label, options) => {
      const box = make("p");
      const name = make("label", "", label);
      name.htmlFor = id;
      const control = make("select");
      control.id = id;
      control.append(...options.map(([value, text]) => new Option(text, value)));
      box.append(name, control);
      return [box, control];
    };
    const claims = [...article.querySelectorAll(".claim[id]")];
    const [subjectBox, subject] = select("cite-what", "What to cite", [
      ["", `This page: ${title}`], ...claims.map((claim) => [claim.id, words(claim)]),
    ]);
    const [formatBox, format] = select("cite-form", "Form", Object.keys(FORMATS).map((name) => [name, name]));
    const output = make("textarea");
    output.readOnly = true;
    output.rows = 4;
    output.setAttribute("aria-label", "Citation");
    const copy = make("button", "tool", "Copy");
    copy.type = "button";
    const fill = () => {
      const claim = claims.find((one) => one.id === subject.value);
      output.value = FORMATS[format.value](item(claim, edition));
      output.rows = Math.min(14, output.value.split("\n").length + 3);
    };
    copy.addEventListener("click", () => {
      output.select();
      navigator.clipboard?.writeText(output.value).then(() => say("The citation has been copied."), () => {});
    });
    panel.addEventListener("change", fill);
    panel.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      show(false);
      open.focus();
    });
    const tools = make("div", "cite__choices");
    tools.append(...(claims.length ? [subjectBox] : []), formatBox);
    panel.append(tools, output, copy);
    row.after(panel);
    const at = location.hash.slice(1);
    if (claims.some((claim) => claim.id === at)) subject.value = at;
    fill();
    fetch(new URL("edition.json", base))
      .then((answer) => (answer.ok ? answer.json() : {}))
      .then((found) => { edition = found; fill(); }, () => {});
  };
  const show = (on) => {
    if (on && !panel) build();
    panel.hidden = !on;
    open.setAttribute("aria-expanded", String(on));
    if (on) panel.querySelector("select").focus();
  };
  open.addEventListener("click", () => show(open.getAttribute("aria-expanded") !== "true"));
})();
