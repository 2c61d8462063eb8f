// Queries the index under `search/` (docs/search.md). No page, no state but a cache of files.

const MOST_WORDS = 8; // of a query
const MOST_SHARDS = 4; // shards read for words that begin as the last of a query
const MOST_SEGMENTS = 8; // of frequent words, read for a search
// By standing, or by kind.
const WORTH = { corroborated: 1.02, deprecated: 0.9, agreement: 0.97, event: 0.97, source: 0.9, briefing: 0.7 };

/** Makes the function that cuts text into words, as `generator/search/folding.py` does. */
export function cutter({ marks, letters, unspaced, possessive, word, longest }) {
  const words = new RegExp(word, "gu");
  const ending = new RegExp(possessive, "gu");
  const mark = new RegExp(`[${marks}]+`, "gu");
  const run = new RegExp(`[${unspaced}]+|[^${unspaced}]+`, "gu");
  const isUnspaced = new RegExp(`^[${unspaced}]`, "u");
  const fold = (text) => {
    const bare = text.normalize("NFKD").toLowerCase().replace(mark, "");
    return Array.from(bare, (letter) => letters[letter] ?? letter).join("").normalize("NFC");
  };
  const pairs = (part) => {
    const signs = [...part];
    if (!isUnspaced.test(part) || signs.length < 3) return [part];
    return signs.slice(1).map((sign, at) => signs[at] + sign);
  };
  return (text) => {
    const folded = fold(text).replace(ending, "").replace(/['’‘]/g, "");
    return (folded.match(words) ?? [])
      .flatMap((found) => found.match(run).flatMap(pairs))
      .map((found) => [...found.replaceAll(",", "")].slice(0, longest).join(""));
  };
}

/** Opens the index of the site at `baseUrl`, which ends in a slash; rejects if it cannot be read. */
export async function open(baseUrl, fetcher = (...args) => fetch(...args)) {
  const files = new Map();
  const read = async (path, options) => {
    const answer = await fetcher(`${baseUrl}search/${path}`, options);
    if (!answer.ok) throw new Error(`search/${path}: ${answer.status}`);
    return answer.text();
  };
  const manifest = JSON.parse(await read("manifest.json", { cache: "no-cache" }));
  if (manifest.format !== 1) throw new Error(`search/manifest.json: format ${manifest.format}`);
  const file = (path) => {
    if (!files.has(path)) {
      files.set(path, read(`${path}?v=${manifest.version}`));
      files.get(path).catch(() => files.delete(path)); // the next search tries again
    }
    return files.get(path);
  };
  const { width, bits, leaf, documents, digits, kinds, standings, shards } = manifest;
  const value = Object.fromEntries([...digits].map((digit, at) => [digit, at]));
  const wordsOf = cutter(manifest.folding);

  /**
   * `filters` has lists of values, any of which will do: {kind, standing, source, year}. `total` and
   * `counts` are lower bounds unless `complete`; if `relaxed`, no document has all the words.
   * It rejects once `signal` is aborted.
   */
  async function search(query, { filters = {}, limit = 10, offset = 0, signal } = {}) {
    const typed = documents ? [...new Set(wordsOf(query))].slice(0, MOST_WORDS) : [];
    const telling = typed.filter((word) => !manifest.stopwords.includes(word));
    const words = telling.length ? telling : typed;
    const state = { complete: true };
    const terms = await Promise.all([
      ...words.map((word, at) => lookUp(word, at === words.length - 1, state)),
      ...["source", "year"]
        .filter((name) => documents && filters[name]?.length)
        .map((name) => choose(filters[name].map((one) => `=${name[0]}${one}`))),
    ]);
    signal?.throwIfAborted();
    await readSegments(terms, state);
    signal?.throwIfAborted();
    let needed = words.length;
    let hits = terms.length ? match(terms, needed, filters) : [];
    while (!hits.length && needed > 1) hits = match(terms, --needed, filters);
    hits.sort((a, b) => b.score - a.score || (a.key > b.key) - (a.key < b.key) || a.place - b.place);
    const counts = { kind: {}, standing: {} };
    for (const hit of hits) {
      for (const name in counts) counts[name][hit[name]] = (counts[name][hit[name]] ?? 0) + 1;
    }
    delete counts.standing[""];
    const shown = hits.slice(offset, offset + limit);
    const results = await Promise.all(shown.map((hit) => result(hit)));
    const total = hits.length;
    return { results, total, counts, ...state, relaxed: total > 0 && needed < words.length };
  }

  /** Postings of words that begin so, else of those one letter off. */
  async function lookUp(word, isLast, state) {
    const term = empty(true);
    const first = shard(rank(word));
    const end = shard(`${rank(word)}g`); // past all words that begin so
    const last = Math.min(end, isLast ? first + MOST_SHARDS - 1 : first);
    if (isLast && last < end) state.complete = false;
    const names = shards.slice(first, last + 1);
    const texts = await Promise.all(names.map((name) => file(wordFile(name))));
    const all = texts.flatMap(rows).filter(([other]) => other[0] !== "=");
    const found = all.filter(([other]) => other.startsWith(word));
    for (const line of found) {
      add(term, line, line[0] === word ? 1 : (0.8 * word.length) / line[0].length);
    }
    if (found.length || word.length < 4) return term;
    for (const line of all) if (oneOff(word, line[0])) add(term, line, 0.4);
    return term;
  }

  async function choose(values) {
    const term = empty(false);
    for (const value of values) {
      const text = await file(wordFile(shards[shard(rank(value))]));
      for (const row of rows(text)) if (row[0] === value) add(term, row, 1);
    }
    return term;
  }

  /** The shard for a rank. */
  const shard = (own) => Math.max(0, shards.findLastIndex((lower) => lower <= own));

  function add(term, [word, names, texts], share) {
    const weight = names === "*" ? Number(texts) : names.length + texts.length;
    term.weight += weight;
    if (names !== "*") return postings(term, names, texts, share);
    const depth = 32 - Math.clz32((weight - 1) / leaf);
    term.segmented.push({ term, word, share, bits: Math.min(12, depth) });
  }

  /** Enters postings in `pages` by key: how names fit, and facet and share by place. */
  function postings({ pages }, names, texts, share) {
    const page = (key) => {
      if (!pages.has(key)) pages.set(key, { name: 0, cover: 0, facets: "", places: new Map() });
      return pages.get(key);
    };
    for (let at = 0, end; at < names.length; at = end) {
      const one = page(names.slice(at, at + width));
      at += width;
      end = at + 2 + value[names[at + 1]];
      one.name = Math.max(one.name, share);
      one.cover = Math.max(one.cover, share / value[names[at]]);
      one.facets = names.slice(at + 2, end);
    }
    for (let at = 0, end; at < texts.length; ) {
      const { places } = page(texts.slice(at, at + width));
      at += width;
      end = at + 1 + 2 * value[texts[at]];
      for (at += 1; at < end; at += 2) {
        const [place, facet] = [value[texts[at]], texts[at + 1]];
        places.set(place, { facet, share: Math.max(share, places.get(place)?.share ?? 0) });
      }
    }
  }

  /** Reads segments of frequent words: where other words narrow the pages, only theirs. */
  async function readSegments(terms, state) {
    const frequent = terms.flatMap((term) => term.segmented);
    let keys = null;
    for (const { pages } of terms.filter((term) => !term.segmented.length && term.pages.size)) {
      keys = (keys ?? [...pages.keys()]).filter((key) => pages.has(key));
    }
    const wanted = frequent.flatMap((one) => {
      const all = keys ? keys.map((key) => top(key, one.bits)) : Array(2 ** one.bits).keys();
      return [...new Set(all)].map((number) => ({ ...one, number, from: number / 2 ** one.bits }));
    });
    // The lowest keys of every word, so that they can match.
    wanted.sort((a, b) => a.from - b.from);
    if (wanted.length > MOST_SEGMENTS) state.complete = false;
    await Promise.all(
      wanted.slice(0, MOST_SEGMENTS).map(async ({ term, word, number, share }) => {
        const text = await file(wordFile(`${rank(word)}-${number}`));
        postings(term, ...text.split("\t"), share);
      }),
    );
  }

  /** The first bits of a key. */
  function top(key, bits) {
    const [a, b, c] = [...key].map((digit) => value[digit]);
    return ((a << 12) | (b << 6) | c) >> (18 - bits);
  }

  /** Documents that have so many of the words, and pass all filters. */
  function match(terms, needed, filters) {
    const passes = (name, value) => !filters[name]?.length || filters[name].includes(value);
    const entries = documents * (width + 4);
    const rarity = terms.map((term) => Math.log(1 + entries / (term.weight + 1)));
    const hits = [];
    for (const key of new Set(terms.flatMap((term) => [...term.pages.keys()]))) {
      const pages = terms.map((term) => term.pages.get(key));
      if (pages.some((page, at) => !page && !terms[at].isWord)) continue;
      if (pages.filter((page, at) => page && terms[at].isWord).length < needed) continue;
      for (const [place, facet] of placesOf(pages)) {
        const kind = kinds[facet >> 3];
        const standing = standings[facet & 7];
        if (!passes("kind", kind) || !passes("standing", standing)) continue;
        let [matched, score, isIn] = [0, 0, 1];
        terms.forEach(({ isWord }, at) => {
          const { name = 0, cover = 0, places } = pages[at] ?? {};
          const text = places?.get(place)?.share ?? 0;
          if (!isWord) return void (isIn &&= text);
          const named = place ? name : 3 * (name + cover);
          const gain = Math.max(named, 1.5 * text) + 0.3 * Math.min(named, text);
          matched += gain > 0;
          score += gain * rarity[at];
        });
        if (!isIn || matched < needed) continue;
        score *= WORTH[place ? standing : kind] ?? 1;
        hits.push({ key, place, kind, standing, score });
      }
    }
    return hits;
  }

  /** Places of a page that any postings name, with their facets. */
  function placesOf(pages) {
    const found = new Map();
    for (const page of pages) {
      [...(page?.facets ?? "")].forEach((digit, place) => found.set(place, value[digit]));
      page?.places.forEach(({ facet }, place) => found.set(place, value[facet]));
    }
    if (found.get(0) === 63) found.delete(0); // the page is found in another part of its unit
    return found;
  }

  async function result({ key, place, ...hit }) {
    const text = await file(`r/${top(key, bits)}.txt`);
    const [, record] = rows(text).find(([own]) => own.startsWith(key));
    const [id, url, , title, words, years, claims] = JSON.parse(record);
    if (!place) return { ...hit, id, url, title, words, years, sources: [] };
    const [anchor, said, , dates, sources] = claims[place - 1];
    const end = `#${anchor}`;
    return { ...hit, id: id + end, url: url + end, title, words: said, years: dates, sources };
  }

  return {
    search,
    /** The words of a text, as they are searched. */
    wordsOf,
    /** How many documents have each value: {kind, standing, year}. */
    filters: () => manifest.counts,
    /** All sources; `count` is how many claims cite one. */
    sources: async () =>
      rows(await file("sources.txt")).map(([id, count, title]) => ({ id, count: +count, title })),
  };
}

const empty = (isWord) => ({ pages: new Map(), segmented: [], weight: 0, isWord });
const rows = (text) => text.split("\n").slice(0, -1).map((line) => line.split("\t"));
const hex = (unit) => unit.charCodeAt().toString(16).padStart(4, "0");
const rank = (word) => word.split("").map(hex).join("");
const wordFile = (name) => `w/${name || "0"}.txt`;

/** Whether one letter is put in, left out or changed, or two swap places. */
function oneOff(a, b) {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  const [next, last] = [at + 1, at + 2];
  return (
    a.slice(next) === b.slice(next) ||
    a.slice(at) === b.slice(next) ||
    a.slice(next) === b.slice(at) ||
    (a[at] === b[next] && a[next] === b[at] && a.slice(last) === b.slice(last))
  );
}
