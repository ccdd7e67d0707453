// Search: by name, operation or module, and by value.

function queryOf(text) {
  const words = text.trim().toLowerCase();
  const compared = words.match(/^(\|?)\s*(value|grad|gradient)\s*\|?\s*(<=|>=|<|>|=)\s*(\S+)$/);
  if (words === "") {
    return null;
  }
  if (/^(nan|inf|infinity|non-?finite|not finite)$/.test(words)) {
    return isBad;
  }
  if (/^not computed$/.test(words)) {
    return (vertex) => vertex.gradient === undefined;
  }
  if (compared && !Number.isNaN(Number(compared[4]))) {
    return comparison(compared[1] === "|", compared[2], compared[3], Number(compared[4]));
  }
  return (vertex) =>
    [vertex.label, vertex.op ?? "", vertex.kind, partPath(vertex), vertex.line ?? ""].some((field) =>
      field.toLowerCase().includes(words));
}

// Whether an element of a value or gradient is above or below a bound.
function comparison(isAbsolute, field, sign, bound) {
  const fits = { "<": (x) => x < bound, "<=": (x) => x <= bound, ">": (x) => x > bound,
    ">=": (x) => x >= bound, "=": (x) => x === bound }[sign];
  return (vertex) => {
    const value = field === "value" ? vertex.value : vertex.gradient;
    return value !== undefined && extremes(value).some((x) => fits(isAbsolute ? Math.abs(x) : x));
  };
}

function extremes(value) {
  const one = single(value);
  if (one !== undefined) {
    return [one];
  }
  return [...(value.data ?? []).map(Number), Number(value.min), Number(value.max)];
}

function search(text) {
  const matches = queryOf(text);
  state.matches = matches ? byName(vertices.filter(matches), text.trim()) : [];
  state.match = -1;
  markFound();
  tellFound();
  repaint();
}

// What has exactly this name first, then names that begin with it, then the rest.
function byName(found, name) {
  const ranks = [[], [], [], []];
  const lower = name.toLowerCase();
  for (const vertex of found) {
    const names = [vertex.label, vertex.name ?? ""];
    const isRank = [(own) => own === name, (own) => own.toLowerCase() === lower,
      (own) => own.toLowerCase().startsWith(lower), () => true];
    ranks[isRank.findIndex((is) => names.some(is))].push(vertex);
  }
  return ranks.flat();
}

function markFound() {
  state.found = new Set(state.matches.map(shownSlot));
}

function tellFound() {
  const query = document.getElementById("query").value.trim();
  const place = state.match < 0 ? "" : state.match + 1 + " of ";
  document.getElementById("found").textContent = query ? place + state.matches.length + " found" : "";
}

function nextMatch(by = 1) {
  if (state.matches.length) {
    const count = state.matches.length;
    state.match = state.match < 0 && by < 0 ? count - 1 : (state.match + by + count) % count;
    showVertex(state.matches[state.match]);
    tellFound();
  }
}

function listenToSearch() {
  const query = document.getElementById("query");
  query.addEventListener("input", () => search(query.value));
  document.getElementById("search").addEventListener("submit", (event) => {
    event.preventDefault();
    nextMatch();
  });
  query.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      query.value = "";
      search("");
      picture.focus();
    } else if (event.key === "Enter" && event.shiftKey) {
      event.preventDefault();
      nextMatch(-1);
    }
  });
}
