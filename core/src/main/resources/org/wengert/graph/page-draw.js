// The picture: builds what is shown when boxes open or close, repaints it when time, selection or
// colours change, and zooms and moves it.

const picture = document.getElementById("picture");
const world = document.getElementById("world");
const view = { x: 0, y: 0, zoom: 1 };
const FAR = 0.52; // below this zoom, only titles

let drawing = null;

function svg(name, attributes = {}, text = "") {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    element.setAttribute(key, value);
  }
  element.textContent = text;
  return element;
}

function layer(id) {
  return document.getElementById(id);
}

// Draws everything anew.
function build() {
  drawing = arrange();
  drawing.stage = stageSize();
  drawing.elements = new Map();
  drawing.lines = new Map();
  layer("frames").replaceChildren(...drawing.open.filter((box) => box.up).map(frameElement));
  layer("lines").replaceChildren(...drawing.routes.map(lineElement));
  layer("cards").replaceChildren(...[...drawing.cards.values()].map(cardElement));
  repaint();
}

function frameElement(box) {
  const frame = drawing.frames.get("b" + box.id);
  const group = svg("g", {
    class: "frame depth" + (box.depth % 2),
    id: "slot-b" + box.id,
    role: "button",
    "aria-expanded": "true",
    "aria-label": "Box " + clipped(box.title, 200) + " " + box.kind + ", open",
    "data-slot": "b" + box.id,
  });
  const { x, y, width, height } = frame;
  group.append(svg("rect", { x, y, width, height, rx: 9, class: "ground" }));
  group.append(svg("rect", { x, y, width, height: HEADER * letters, rx: 9, class: "head" }));
  const baseline = y + 20 * letters;
  group.append(svg("text", { x: x + 12, y: baseline, class: "title" }, "▾ " + clipped(box.title)));
  group.append(
    svg("text", { x: x + width - 12, y: baseline, class: "note", "text-anchor": "end" },
      clipped(box.kind)),
  );
  drawing.elements.set("b" + box.id, group);
  return group;
}

function lineElement(route) {
  const path = pathOf(route.stops);
  const group = svg("g", { class: "line", "data-line": route.from + " " + route.to });
  const seen = svg("path", { d: path, class: "seen" });
  group.append(svg("path", { d: path, class: "hit" }), seen);
  route.element = group;
  route.path = seen;
  drawing.lines.set(route.from + " " + route.to, route);
  return group;
}

function pathOf(stops) {
  let path = "";
  let from = null;
  stops.forEach((stop, i) => {
    const frame = drawing.frames.get(placeKey(stop.box, stop.column, stop.slot));
    const to = { x: frame.x, y: frame.y + frame.height / 2 };
    if (from === null) {
      path = `M${frame.x + frame.width} ${to.y}`;
    } else {
      path += wayAround(stops[i - 1], stop, from, to) ?? curve(from, to);
      path += isPassage(stop.slot) ? `H${frame.x + frame.width}` : "";
    }
    from = { x: frame.x + frame.width, y: to.y };
  });
  return path;
}

function curve(from, to) {
  const bend = Math.max(18, (to.x - from.x) / 2);
  return `C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
}

function cardElement(card) {
  const { x, y, width, height } = drawing.frames.get(card.slot);
  const is = thing(card.slot);
  const group = svg("g", { id: "slot-" + card.slot, role: "button", "data-slot": card.slot });
  group.setAttribute("transform", `translate(${x} ${y})`);
  if (card.slot[0] === "b") {
    group.append(svg("rect", { x: 5, y: -5, width, height, rx: 8, class: "behind" }));
    group.setAttribute("aria-expanded", "false");
  }
  const shape = svg("rect", { width, height, rx: 8, class: "shape" });
  const row = (i) => (19 + ROW * i) * letters;
  const title = svg("text", { x: 10, y: row(0), class: "title" }, card.title);
  const far = Math.min(30, (14 * letters * (width - 10)) / Math.max(1, card.titleWidth * letters));
  title.style.setProperty("--far", Math.max(13, far) + "px");
  const note = svg("text", { x: width - 10, y: row(0), class: "note", "text-anchor": "end" }, card.note);
  group.append(shape, title, note);
  card.rows.forEach((text, i) => {
    const at = row(i + 1);
    group.append(
      svg("rect", { x: 5, y: at - 14 * letters, width: width - 10, height: ROW * letters - 2, class: "hatch" }),
      svg("text", { x: 10, y: at, class: i === 0 ? "value" : "gradient" }, text),
    );
  });
  const texts = group.querySelectorAll("text.value, text.gradient");
  const hatches = group.querySelectorAll(".hatch");
  drawing.elements.set(card.slot, group);
  Object.assign(card, { element: group, shape, texts, hatches, is });
  return group;
}

// Brings classes, texts and colours up to date with the state.
function repaint() {
  const event = eventNow();
  const here = event.vertex ? shownSlot(event.vertex) : null;
  for (const card of drawing.cards.values()) {
    const isBox = card.slot[0] === "b";
    const classes = ["card", isBox ? "box" : "kind-" + card.is.kind];
    if (!isBox) {
      fillRows(card, classes);
    } else {
      paintBox(card.is, classes);
    }
    mark(card.slot, classes, here);
    card.element.setAttribute("class", classes.join(" "));
  }
  for (const box of drawing.open.filter((b) => b.up)) {
    const classes = ["frame", "depth" + (box.depth % 2)];
    mark("b" + box.id, classes, null);
    drawing.elements.get("b" + box.id).setAttribute("class", classes.join(" "));
  }
  drawing.routes.forEach((route) => paintLine(route, event));
  paintLabels();
  picture.classList.toggle("tracing", state.paths !== null);
  picture.setAttribute("aria-activedescendant", state.selected ? "slot-" + state.selected : "");
}

// A closed box has the colour of the value in it whose number or gradient is the largest, or the
// last.
function paintBox(box, classes) {
  if (box.bad) {
    classes.push("bad");
  }
  const largest = state.colour === "kind" ? null : largestIn(box);
  if (largest && isComputed(largest, state.time)) {
    classes.push(colourClass(largest, gradientAt(largest, state.time)));
  }
}

function largestIn(box) {
  const key = "largest" + state.colour;
  if (box[key] === undefined) {
    boxes.forEach((each) => (each[key] = null));
    const size = {
      value: valueSize,
      gradient: (v) => (v.gradient === undefined ? -1 : sizeOf(v.gradient)),
      time: (v) => v.id,
    }[state.colour];
    for (const vertex of vertices) {
      for (let at = vertex.box; at; at = at.up) {
        at[key] = at[key] === null || size(vertex) > size(at[key]) ? vertex : at[key];
      }
    }
  }
  return box[key];
}

function valueSize(vertex) {
  const size = Math.abs(single(vertex.value) ?? Number(vertex.value.mean));
  return Number.isFinite(size) ? size : -1;
}

function isInside(vertex, box) {
  for (let at = vertex.box; at; at = at.up) {
    if (at === box) {
      return true;
    }
  }
  return false;
}

function mark(slot, classes, here) {
  if (slot === state.selected) {
    classes.push("selected");
  }
  if (slot === here) {
    classes.push("current");
  }
  if (state.found.has(slot)) {
    classes.push("found");
  }
  if (state.paths?.slots.has(slot)) {
    classes.push("on");
  }
}

// What is known of a vertex at this time, and its colour.
function fillRows(card, classes) {
  const vertex = card.is;
  const isKnown = isComputed(vertex, state.time);
  const gradient = gradientAt(vertex, state.time);
  card.rows.forEach((text, i) => {
    const isGradient = i === 1;
    const isMissing = isGradient ? gradient === undefined : !isKnown;
    card.hatches[i].classList.toggle("missing", isMissing);
    card.texts[i].classList.toggle("missing", isMissing);
    const shownNumber = isGradient ? vertex.gradient : vertex.value;
    card.texts[i].classList.toggle("bad", !isMissing && nonFinite(shownNumber) > 0);
    const shown = isGradient && !isMissing ? gradientNow(gradient) : text;
    card.texts[i].textContent = isMissing ? "not computed" : shown;
  });
  if (!isKnown) {
    classes.push("unknown");
  } else if (nonFinite(vertex.value) || (gradient !== undefined && nonFinite(vertex.gradient))) {
    classes.push("bad");
  }
  if (graph.outputs.includes(vertex.id)) {
    classes.push("output");
  }
  if (isCulprit(vertex)) {
    classes.push("culprit");
  }
  if (gradient?.parts || (gradient !== undefined && gradient !== vertex.gradient)) {
    classes.push("growing");
  }
  if (state.colour !== "kind" && isKnown) {
    classes.push(colourClass(vertex, gradient));
  }
  card.element.setAttribute("aria-label", spoken(vertex, isKnown, gradient));
}

function gradientNow(gradient) {
  return gradient.parts ? "∂ " + gradientNumber(gradient) : gradientText(gradient);
}

function spoken(vertex, isKnown, gradient) {
  return `${clipped(vertex.label, 80)}, ${vertex.op ?? vertex.kind}, value `
    + (isKnown ? valueText(vertex) : "not computed")
    + ", gradient " + (gradient === undefined ? "not computed" : gradientNumber(gradient))
    + (vertex.culprit ? ", " + vertex.culprit : "");
}

function paintLine(route, event) {
  const classes = ["line"];
  if (route.edges.some((edge) => vertices[edge.to].time > state.time)) {
    classes.push("unknown");
  }
  if (event.edge ? route.edges.includes(event.edge) : isInto(route, event)) {
    classes.push(event.edge ? "backward" : "forward");
  }
  if (state.edge && route.edges.includes(state.edge)) {
    classes.push("selected");
  } else if (state.selected && (route.from === state.selected || route.to === state.selected)) {
    classes.push("near");
  }
  if (state.paths && route.edges.some((edge) => state.paths.on[edge.from] && state.paths.on[edge.to])) {
    classes.push("on");
  }
  route.element.setAttribute("class", classes.join(" "));
}

function isInto(route, event) {
  return event.vertex && state.time < turn && route.edges.some((e) => e.to === event.vertex.id);
}

// Local derivatives and contributions beside the lines into the selected vertex or edge.
function paintLabels() {
  const vertex = state.selected?.[0] === "v" ? vertices[idOf(state.selected)] : null;
  const edges = state.edge ? [state.edge] : vertex ? vertex.operands : [];
  const labels = [];
  for (const edge of edges) {
    const route = drawing.lines.get(shownSlot(vertices[edge.from]) + " " + shownSlot(vertices[edge.to]));
    if (route) {
      const at = route.path.getPointAtLength(route.path.getTotalLength() * 0.5);
      labels.push(...edgeLabels(edge, at, labels.length));
    }
  }
  layer("labels").replaceChildren(...labels);
}

// A small card on the line, above whatever is there: for a selected line with both numbers, for the
// lines into a selected value with the local derivative alone.
function edgeLabels(edge, at) {
  const digits = edge === state.edge ? 5 : 3;
  const isNumber = edge.local !== undefined && isComputed(vertices[edge.to], state.time);
  const one = isNumber ? brief(Number(edge.local), digits) : clipped(edge.derivative, 4 * digits);
  const lines = [["local", "× " + one]];
  if (edge === state.edge && edge.contribution !== undefined && edge.time <= state.time) {
    lines.push(["share", gradientText(edge.contribution).replace("∂", "←")]);
  }
  const width = (Math.max(...lines.map(([, text]) => widthOf(text, "600"))) + 14) * letters;
  const height = (ROW * lines.length + 6) * letters;
  const [x, y] = [at.x - width / 2, at.y - height / 2];
  const group = svg("g", { class: "label" });
  group.append(svg("rect", { x, y, width, height, rx: 5 }));
  lines.forEach(([name, text], i) =>
    group.append(svg("text", { x: at.x, y: y + (17 + ROW * i) * letters, class: name, "text-anchor": "middle" }, text)));
  return [group];
}
