// Coordinates: which places the shown things have, given which boxes are open. Columns and order
// come from the file; Coordinates.java does the same for pictures without a page.

const HEADER = 30;
const PADDING = 16;
const BETWEEN_COLUMNS = 40;
const BETWEEN_ROWS = 16;
const PASSAGE = 4;
const SWEEPS = 6;
const STRAIGHT = 8; // how much more a line that passes wants to be straight
const ROW = 19;

const ruler = document.createElement("canvas").getContext("2d");
let letters = 1; // how large: 1.4 in large mode

function widthOf(text, style = "") {
  ruler.font = style + " 14px system-ui, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";
  return ruler.measureText(text).width;
}

// What is written on a vertex or closed box when all is computed, and how large it is for that.
function cardOf(slot) {
  const is = thing(slot);
  const card = slot[0] === "b" ? boxCard(is) : vertexCard(is);
  const first = widthOf(card.title, "600") + (card.note ? widthOf(card.note, "italic") + 16 : 0);
  const rows = card.rows.map((row) => widthOf(row, row.includes("not finite") ? "600" : ""));
  const widest = Math.max(first, ...rows, card.least);
  return Object.assign(card, {
    slot,
    titleWidth: widthOf(card.title, "600"),
    width: (widest + 20) * letters,
    height: (12 + ROW * (1 + card.rows.length)) * letters,
  });
}

function boxCard(box) {
  const rows = [box.count === 1 ? "1 value" : box.count + " values"];
  return { title: clipped(box.title), note: clipped(box.kind), rows, least: 40 };
}

function vertexCard(vertex) {
  const isNamed = Boolean(vertex.name) || !vertex.op; // else the operation says more than a number
  const title = (isCulprit(vertex) ? "⚠ " : "") + clipped(isNamed ? vertex.label : vertex.op);
  const note = clipped(isNamed ? (vertex.op ?? "") : vertex.label);
  const value = valueText(vertex);
  if (vertex.kind === "constant") {
    return { title, note: "", rows: value === title ? [] : [value], least: 20 };
  }
  const gradient = vertex.gradient === undefined ? "" : gradientText(vertex.gradient);
  return { title, note, rows: [value, gradient], least: 92 };
}

// The lines between all shown things, each with the places through which it goes.
function routesNow() {
  const routes = new Map();
  for (const vertex of vertices) {
    for (const edge of vertex.operands) {
      const from = shownSlot(vertices[edge.from]);
      const to = shownSlot(vertex);
      if (from !== to) {
        const key = from + " " + to;
        if (!routes.has(key)) {
          routes.set(key, { from, to, edges: [], stops: stopsOf(edge) });
        }
        routes.get(key).edges.push(edge);
      }
    }
  }
  return [...routes.values()];
}

function stopsOf(edge) {
  const common = commonBox(vertices[edge.from].box, vertices[edge.to].box);
  const stops = [];
  let from = "v" + edge.from;
  for (let box = vertices[edge.from].box; box !== common; box = box.up) {
    if (isShown(box)) {
      between(stops, box, from, null);
    }
    from = "b" + box.id;
  }
  const behind = [];
  let to = "v" + edge.to;
  for (let box = vertices[edge.to].box; box !== common; box = box.up) {
    if (isShown(box)) {
      const column = columnsOf(box).get(to);
      const entered = [];
      passages(entered, box, "o" + edge.from, 0, column);
      entered.push({ box, column, slot: to });
      behind.unshift(...entered);
    }
    to = "b" + box.id;
  }
  between(stops, common, from, to);
  stops.push(...behind);
  return stops.filter((stop) => stop.slot[0] !== "b" || !boxes[idOf(stop.slot)].isOpen);
}

// From a thing in a box to another, or to the outside if that is null.
function between(stops, box, from, to) {
  const column = columnsOf(box).get(from);
  stops.push({ box, column, slot: from });
  const last = to === null ? box.columns.length : columnsOf(box).get(to);
  const passage = (from[0] === "v" ? "f" : "g") + from.slice(1);
  passages(stops, box, passage, column + 1, last);
  if (to !== null) {
    stops.push({ box, column: last, slot: to });
  }
}

function passages(stops, box, passage, from, to) {
  if (columnsOf(box).has(passage)) {
    for (let column = from; column < to; column++) {
      stops.push({ box, column, slot: passage });
    }
  }
}

function placeKey(box, column, slot) {
  return isPassage(slot) ? box.id + "/" + column + "/" + slot : slot;
}

// Frames of all that is shown, by place; cards by slot; open boxes; routes.
function arrange() {
  const drawing = { cards: new Map(), neighbours: new Map(), routes: routesNow() };
  drawing.open = boxes.filter(isShown);
  for (const route of drawing.routes) {
    for (let i = 1; i < route.stops.length; i++) {
      const [a, b] = [route.stops[i - 1], route.stops[i]];
      if (a.box === b.box) {
        addNeighbour(drawing, a, b);
        addNeighbour(drawing, b, a);
      }
    }
  }
  placeInWindow(drawing);
  return drawing;
}

// Coordinates in rows of this width.
function place(drawing, room) {
  drawing.frames = new Map();
  drawing.rows = new Map();
  [...drawing.open].reverse().forEach((box) => arrangeBox(drawing, box, room));
  drawing.open.forEach((box) => moveInside(drawing, box));
}

function addNeighbour(drawing, stop, other) {
  const key = placeKey(stop.box, stop.column, stop.slot);
  if (!drawing.neighbours.has(key)) {
    drawing.neighbours.set(key, new Map());
  }
  drawing.neighbours.get(key).set(placeKey(other.box, other.column, other.slot), other.column);
}

function arrangeBox(drawing, box, room) {
  let x = PADDING;
  box.columns.forEach((column, c) => {
    const frames = column.map((slot) => frameOf(drawing, box, c, slot));
    const width = Math.max(...frames.map((frame) => frame.width));
    frames.forEach((frame, i) => {
      frame.x = isPassage(column[i]) ? x : x + (width - frame.width) / 2;
      frame.width = isPassage(column[i]) ? width : frame.width;
    });
    x += width + BETWEEN_COLUMNS;
  });
  box.columns.forEach((_, c) => spread(drawing, box, c, 0));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (let i = 0; i < box.columns.length; i++) {
      const toTheRight = sweep % 2 === 0;
      const column = toTheRight ? i : box.columns.length - 1 - i;
      spread(drawing, box, column, sweep >= SWEEPS - 2 ? 2 : toTheRight ? -1 : 1);
    }
  }
  closeFrame(drawing, box, wrap(drawing, box, x - BETWEEN_COLUMNS + PADDING, room));
}

function frameOf(drawing, box, column, slot) {
  const key = placeKey(box, column, slot);
  if (!drawing.frames.has(key)) {
    let size = { width: 0, height: PASSAGE };
    if (!isPassage(slot)) {
      size = drawing.cards.get(slot) ?? cardOf(slot);
      drawing.cards.set(slot, size);
    }
    drawing.frames.set(key, { x: 0, y: 0, width: size.width, height: size.height });
  }
  return drawing.frames.get(key);
}

// Moves what is inside below the header and sets the size of the box.
function closeFrame(drawing, box, width) {
  const inside = box.columns.flatMap((column, c) => column.map((s) => frameOf(drawing, box, c, s)));
  const top = Math.min(...inside.map((frame) => frame.y));
  const bottom = Math.max(...inside.map((frame) => frame.y + frame.height));
  const shift = (box.up ? HEADER * letters + PADDING / 2 : PADDING) - top;
  inside.forEach((frame) => (frame.y += shift));
  drawing.rows.get(box)?.forEach((row) => (row.bottom += shift));
  const title = widthOf(clipped(box.title) + clipped(box.kind)) * letters + 70;
  drawing.frames.set("b" + box.id, {
    x: 0,
    y: 0,
    width: box.up ? Math.max(width, title) : width,
    height: bottom + shift + PADDING,
  });
}

// Moves the things of a column towards the mean of their neighbours on one side (-1 left, 1 right,
// 2 both), or stacks them (0).
function spread(drawing, box, column, side) {
  const frames = box.columns[column].map((slot) => frameOf(drawing, box, column, slot));
  let at = 0;
  const offsets = frames.map((frame, i) => {
    at += i === 0 ? 0 : (frames[i - 1].height + frame.height) / 2 + BETWEEN_ROWS;
    return at;
  });
  const wanted = box.columns[column].map((slot, i) =>
    side === 0 ? -at / 2 : middle(drawing, box, column, slot, frames[i], side) - offsets[i],
  );
  const weights = box.columns[column].map((slot) => (isPassage(slot) ? STRAIGHT : 1));
  monotone(wanted, weights).forEach((y, i) => {
    frames[i].y = y + offsets[i] - frames[i].height / 2;
  });
}

function middle(drawing, box, column, slot, own, side) {
  let sum = 0;
  let count = 0;
  for (const [key, other] of drawing.neighbours.get(placeKey(box, column, slot)) ?? []) {
    if (side === 2 || side < 0 === other < column) {
      const frame = drawing.frames.get(key);
      const weight = frame.height === PASSAGE && isPassage(slot) ? STRAIGHT : 1;
      sum += weight * (frame.y + frame.height / 2);
      count += weight;
    }
  }
  return count === 0 ? own.y + own.height / 2 : sum / count;
}

// The nearest sequence that does not decrease, by pooling neighbours that do.
function monotone(values, weights) {
  const blocks = [];
  values.forEach((value, i) => {
    let block = { sum: value * weights[i], weight: weights[i], count: 1 };
    while (blocks.length && blocks.at(-1).sum / blocks.at(-1).weight > block.sum / block.weight) {
      const { sum, weight, count } = blocks.pop();
      block = { sum: sum + block.sum, weight: weight + block.weight, count: count + block.count };
    }
    blocks.push(block);
  });
  return blocks.flatMap((block) => new Array(block.count).fill(block.sum / block.weight));
}

// Adds the corner of an open box to what is inside.
function moveInside(drawing, box) {
  const outer = drawing.frames.get("b" + box.id);
  box.columns.forEach((column, c) => {
    for (const slot of column) {
      const frame = frameOf(drawing, box, c, slot);
      frame.x += outer.x;
      frame.y += outer.y;
    }
  });
}
