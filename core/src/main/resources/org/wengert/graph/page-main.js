// What the page knows beside its data, what one can do with it, and by which key.

const SHOWN_AT_MOST = 3000;
const state = {
  time: end,
  isResting: true,
  selected: null, // a slot
  edge: null,
  found: new Set(),
  matches: [],
  match: -1,
  colour: "kind",
  paths: null,
  timer: null,
};

function tell(text) {
  document.getElementById("status").textContent = text;
}

function select(slot, edge = null) {
  state.selected = slot;
  state.edge = edge;
  const is = slot ? thing(slot) : null;
  const isLeaf = is && slot[0] === "v" && (is.kind === "leaf" || is.kind === "parameter");
  if (isLeaf && hasGradient && !edge) {
    trace(is);
  } else if (state.paths && !edge && is !== state.paths.source) {
    state.paths = null;
  }
  repaint();
  showPanel();
}

// Selects a vertex, unfolding what is around it.
function showVertex(vertex) {
  let isNew = false;
  for (let box = vertex.box; box; box = box.up) {
    isNew ||= !box.isOpen;
    box.isOpen = true;
  }
  if (isNew) {
    rebuild();
  }
  select("v" + vertex.id);
  reveal("v" + vertex.id);
}

function trace(vertex) {
  state.paths = pathsFrom(vertex);
  markPaths();
}

function markPaths() {
  if (state.paths) {
    const on = vertices.filter((vertex) => state.paths.on[vertex.id]);
    state.paths.slots = new Set(on.map(shownSlot));
  }
}

function togglePaths() {
  const vertex = state.selected?.[0] === "v" ? thing(state.selected) : null;
  if (state.paths) {
    state.paths = null;
  } else if (vertex) {
    trace(vertex);
  }
  repaint();
  showPanel();
}

function rebuild() {
  markFound();
  markPaths();
  build();
}

function toggle(box) {
  box.isOpen = !box.isOpen;
  keeping("b" + box.id, rebuild);
  showDepth();
  select("b" + box.id);
  tell((box.isOpen ? "Unfolded " : "Folded ") + clipped(box.title));
}

// Opens boxes down to a depth, as long as that does not show too much.
function openTo(depth) {
  let shown = boxes[0].columns.flat().filter((slot) => !isPassage(slot)).length;
  let isAll = true;
  for (const box of boxes) {
    const inside = box.columns.flat().filter((slot) => !isPassage(slot)).length;
    const fits = box.id === 0 || shown + inside <= SHOWN_AT_MOST;
    box.isOpen = box.depth <= depth && fits && (!box.up || box.up.isOpen);
    shown += box.isOpen && box.id > 0 ? inside : 0;
    isAll &&= fits || box.depth > depth;
  }
  if (state.selected && !isVisible(state.selected)) {
    state.selected = null;
    state.edge = null;
  }
  rebuild();
  showDepth();
  showPanel();
  fit(smallest());
  tell(isAll ? "" : `Not all boxes are unfolded: more than ${SHOWN_AT_MOST} values would be shown.`);
}

function showDepth() {
  const deepest = boxes.reduce((depth, box) => (isShown(box) ? Math.max(depth, box.depth) : depth), 0);
  document.getElementById("depth").value = deepest;
}

function isVisible(slot) {
  const is = thing(slot);
  return slot[0] === "v" ? isShown(is.box) : is.up !== null && isShown(is.up);
}

// Moves the selection along the lines or, up and down, within a column.
function walk(key) {
  if (!state.selected || !drawing.frames.has(state.selected)) {
    select(shownSlot(key === "ArrowLeft" ? output : vertices[0]));
  } else {
    const next = key === "ArrowLeft" || key === "ArrowRight" ? neighbour(key) : aside(key);
    if (next) {
      select(next);
    }
  }
  reveal(state.selected);
}

function neighbour(key) {
  const isBack = key === "ArrowLeft";
  const route = drawing.routes.find((r) => (isBack ? r.to : r.from) === state.selected);
  return route && (isBack ? route.from : route.to);
}

function aside(key) {
  const own = drawing.frames.get(state.selected);
  const sign = key === "ArrowUp" ? -1 : 1;
  let best = null;
  let least = Infinity;
  for (const slot of drawing.cards.keys()) {
    const frame = drawing.frames.get(slot);
    const down = sign * (frame.y + frame.height / 2 - own.y - own.height / 2);
    const across = Math.abs(frame.x + frame.width / 2 - own.x - own.width / 2);
    if (down > 1 && slot !== state.selected && down + 2 * across < least) {
      least = down + 2 * across;
      best = slot;
    }
  }
  return best;
}

function nextEdge() {
  const vertex = state.edge ? vertices[state.edge.to] : thing(state.selected ?? "v" + output.id);
  if (vertex.operands?.length) {
    const edge = vertex.operands[state.edge ? (state.edge.input + 1) % vertex.operands.length : 0];
    select("v" + vertex.id, edge);
  }
}

function enter() {
  const slot = state.selected;
  if (slot?.[0] === "b") {
    toggle(thing(slot));
  } else if (slot) {
    togglePaths();
  }
}

function foldAround() {
  const is = state.selected && thing(state.selected);
  const box = is && (state.selected[0] === "v" ? is.box : is.isOpen ? is : is.up);
  if (box && box.up) {
    toggle(box);
  }
}

// What is not finite: first where it arises, then all in the order in which they came to be, values
// forward, then gradients backward.
function allBad() {
  const values = vertices.filter((vertex) => nonFinite(vertex.value));
  const gradients = vertices.filter((vertex) => isBad(vertex) && !nonFinite(vertex.value)).reverse();
  const found = graph.finding ? [output] : [];
  const makers = vertices.filter((vertex) => vertex.culprit && !isBad(vertex)).reverse();
  const arising = values.filter((vertex) => vertex.culprit);
  return [...new Set([...found, ...arising, ...makers, ...values, ...gradients])];
}

function nextBad() {
  const bad = allBad();
  if (bad.length) {
    const at = state.selected?.[0] === "v" ? bad.indexOf(thing(state.selected)) : -1;
    showVertex(bad[(at + 1) % bad.length]);
  }
}

function colourBy(colour) {
  state.colour = colour;
  document.getElementById("colour").value = colour;
  const entries = legendEntries().map(([name, text]) =>
    html("span", {}, html("i", { class: "swatch " + name }), text));
  document.getElementById("legend").replaceChildren(...entries);
  picture.classList.toggle("by-kind", colour === "kind");
  repaint();
}

function nextColour() {
  const all = ["kind", "value", "gradient", "time"];
  colourBy(all[(all.indexOf(state.colour) + 1) % all.length]);
}

function setDark(isDark) {
  document.documentElement.dataset.theme = isDark ? "dark" : "light";
  document.getElementById("dark").setAttribute("aria-pressed", String(isDark));
}

function toggleDark() {
  setDark(document.documentElement.dataset.theme !== "dark");
}

function toggleLarge() {
  letters = letters === 1 ? 1.4 : 1;
  document.documentElement.classList.toggle("large", letters > 1);
  document.getElementById("large").setAttribute("aria-pressed", String(letters > 1));
  rebuild();
  fit(smallest());
}

function toggleRows() {
  isWrapped = !isWrapped;
  rebuild();
  fit(smallest());
}

function togglePanel() {
  const panel = document.getElementById("panel");
  panel.hidden = !panel.hidden;
  document.getElementById("side").setAttribute("aria-pressed", String(!panel.hidden));
  fit(smallest());
}

function clear() {
  state.paths = null;
  select(null);
}

// Key, what it says in the help, what it does. Two keys for one action stand in one text.
const KEYS = [
  ["Space", "play or pause", () => playOrPause()],
  [". >", "one step on; with Shift, to the next that is seen", (e) => steps.next(e)],
  [", <", "one step back; with Shift, to the one before that is seen", (e) => steps.back(e)],
  ["Home", "to the start", () => steps.first()],
  ["End", "to the end", () => steps.last()],
  ["Arrows", "move the picture", null],
  ["Shift Arrows", "select along the lines: left to operands, right to uses", null],
  ["+ =", "larger", () => zoomBy(1.25)],
  ["-", "smaller", () => zoomBy(0.8)],
  ["0", "fit to the window", () => fit()],
  ["Enter", "fold or unfold the selected box; paths of the selected value", () => enter()],
  ["Backspace", "fold the box around the selection", () => foldAround()],
  ["f", "fold all", () => openTo(0)],
  ["u", "unfold all", () => openTo(Infinity)],
  ["1 2 3 4 5 6 7 8 9", "unfold down to this depth", (e) => openTo(Number(e.key))],
  ["p", "chain-rule paths of the selected value", () => togglePaths()],
  ["e", "next line into the selected value", () => nextEdge()],
  ["/", "search", () => document.getElementById("query").focus()],
  ["n", "next that was found", () => nextMatch()],
  ["N", "the one before", () => nextMatch(-1)],
  ["x", "next value that is not finite", () => nextBad()],
  ["c", "colour by kind, value, gradient or time of computation", () => nextColour()],
  ["d", "dark or light", () => toggleDark()],
  ["l", "large letters", () => toggleLarge()],
  ["w", "what is wide in rows, or in one line", () => toggleRows()],
  ["s", "side panel", () => togglePanel()],
  ["Escape", "select nothing", () => clear()],
  ["?", "this help", () => document.getElementById("help").showModal()],
];
const MOVES = { ArrowLeft: [80, 0], ArrowRight: [-80, 0], ArrowUp: [0, 80], ArrowDown: [0, -80] };

function onKey(event) {
  const isTyping = event.target.closest("input:not([type=range]), select, dialog");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const isOnControl = event.target.closest("button, input");
  if (MOVES[event.key] && !isOnControl) {
    event.preventDefault();
    if (event.shiftKey) {
      walk(event.key);
    } else {
      moveBy(...MOVES[event.key]);
    }
    return;
  }
  if (isOnControl && ["Enter", " ", "Home", "End"].includes(event.key)) {
    return; // the control's own
  }
  const name = event.key === " " ? "Space" : event.key;
  const found = KEYS.find(([keys, , action]) => action && keys.split(" ").includes(name));
  if (found) {
    event.preventDefault();
    found[2](event);
  }
}

function onClick(target) {
  picture.focus({ preventScroll: true });
  const slot = target.closest("[data-slot]")?.dataset.slot;
  const line = target.closest("[data-line]")?.dataset.line;
  const isHead = target.matches(".head") || (target.matches("text") && target.closest(".frame"));
  if (slot?.[0] === "b" && (isHead || !thing(slot).isOpen)) {
    toggle(thing(slot));
  } else if (line) {
    const edge = drawing.lines.get(line).edges[0];
    select(shownSlot(vertices[edge.to]), edge);
  } else {
    select(slot ?? null);
  }
}

function listen() {
  const click = (id, action) => document.getElementById(id).addEventListener("click", action);
  click("fold-all", () => openTo(0));
  click("unfold-all", () => openTo(Infinity));
  click("fit", () => fit());
  click("large", toggleLarge);
  click("side", togglePanel);
  click("dark", toggleDark);
  click("nonfinite", nextBad);
  click("show-help", () => document.getElementById("help").showModal());
  document.getElementById("colour").addEventListener("change", (e) => colourBy(e.target.value));
  document.getElementById("depth").addEventListener("change", (e) => openTo(Number(e.target.value)));
  document.addEventListener("keydown", onKey);
  listenToPointers(onClick);
  listenToSearch();
  listenToSteps();
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  setDark(prefersDark.matches);
  prefersDark.addEventListener("change", () => setDark(prefersDark.matches));
}

function keysShown(keys) {
  const all = keys.split(" ");
  return all.length > 4 ? [all[0] + " … " + all.at(-1)] : all;
}

function start() {
  document.getElementById("title").textContent = document.title;
  const deepest = boxes.at(-1).depth;
  const depths = Array.from({ length: deepest + 1 }, (_, d) => html("option", { value: d }, String(d)));
  document.getElementById("depth").replaceChildren(...depths);
  document.getElementById("keys").replaceChildren(...KEYS.map(([keys, text]) =>
    html("div", {}, html("dt", {}, ...keysShown(keys).map((key) => html("kbd", {}, key))),
      html("dd", {}, text))));
  const bad = vertices.filter(isBad).length;
  document.getElementById("nonfinite").hidden = bad === 0 && !graph.finding;
  document.getElementById("nonfinite").textContent = `⚠ ${bad} not finite (x)`;
  listen();
  build();
  showDepth();
  fit(smallest());
  colourBy("kind");
  goTo(end, true);
  if (bad || graph.finding) {
    nextBad();
  }
  requestAnimationFrame(() => performance.mark("interactive"));
  document.documentElement.dataset.ready = "true";
}

start();
