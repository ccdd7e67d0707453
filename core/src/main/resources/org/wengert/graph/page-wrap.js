// Rows: what is much wider than the window goes on below, like lines of text. Lines from one row to
// the next run around in the margins. Rows.java does the same for pictures without a page.

const MARGIN = 34;
const LANE = 6;
const LANES = 5;
const AROUND = 2 * PADDING + 2 * MARGIN + LANE * LANES;
const READABLE = 0.65; // above this zoom, one row is best
const MOST_TRIED = 400;
let isWrapped = true;

// Below this zoom not even titles can be read; large letters are for the last row of a hall.
function smallest() {
  return letters > 1 ? 0.6 : 0.33;
}

// The zoom of what is too large to be seen as a whole: as wide as the window, and read downwards.
function readable() {
  return letters > 1 ? 0.8 : 0.55;
}

// Places everything in as many rows as let it be the largest in the window.
function placeInWindow(drawing) {
  const stage = stageSize();
  place(drawing, Infinity);
  const { width, height } = drawing.frames.get("b0");
  let best = { room: Infinity, zoom: fittingZoom(drawing) };
  if (!isWrapped || best.zoom >= READABLE) {
    return;
  }
  const rows = Math.sqrt((width * stage.height) / ((height + AROUND / 2) * stage.width));
  const isSmall = drawing.cards.size <= MOST_TRIED;
  for (let count = 2; isSmall && count <= rows + 3; count++) {
    const room = width / count + AROUND;
    place(drawing, room);
    const zoom = Math.min(1, fittingZoom(drawing));
    best = zoom > 1.05 * best.zoom ? { room, zoom } : best;
  }
  place(drawing, best.zoom < smallest() ? stage.width / readable() : best.room);
}

// Breaks the columns of a box into rows that are no wider than there is room; gives the width.
function wrap(drawing, box, width, room) {
  const inner = room - (box.depth + 1) * AROUND;
  if (width <= inner + AROUND) {
    return width;
  }
  const frames = box.columns.map((column, c) => column.map((slot) => frameOf(drawing, box, c, slot)));
  const tops = frames.map((all) => Math.min(...all.map((frame) => frame.y)));
  const bottoms = frames.map((all) => Math.max(...all.map((frame) => frame.y + frame.height)));
  const rows = balanced(frames.map(spanOf), inner);
  let y = 0;
  for (const row of rows) {
    const top = Math.min(...row.columns.map((c) => tops[c]));
    const bottom = Math.max(...row.columns.map((c) => bottoms[c]));
    for (const frame of row.columns.flatMap((c) => frames[c])) {
      frame.x += PADDING + MARGIN - row.left;
      frame.y += y - top;
    }
    row.bottom = y + bottom - top;
    y = row.bottom + MARGIN + LANE * LANES;
  }
  const right = Math.max(...frames.flat().map((frame) => frame.x + frame.width));
  rows.forEach((row) => (row.right = right));
  drawing.rows.set(box, rows);
  return right + MARGIN + LANE * LANES;
}

// Left and right of a column.
function spanOf(frames) {
  return [Math.min(...frames.map((frame) => frame.x)),
    Math.max(...frames.map((frame) => frame.x + frame.width))];
}

// As few rows as there is room for, about equally wide.
function balanced(spans, room) {
  const count = rowsOf(spans, room).length;
  let limit = (spans.at(-1)[1] - spans[0][0]) / count;
  while (limit < room && rowsOf(spans, limit).length > count) {
    limit *= 1.04;
  }
  return rowsOf(spans, Math.min(limit, room));
}

function rowsOf(spans, limit) {
  const rows = [];
  spans.forEach(([left, right], c) => {
    if (rows.length === 0 || right - rows.at(-1).left > limit) {
      rows.push({ left, columns: [], lanes: new Map() });
    }
    rows.at(-1).columns.push(c);
  });
  return rows;
}

// The way from the end of one row to a place in another, or null if both are in one row.
function wayAround(stop, next, from, to) {
  const box = commonBox(stop.box, next.box);
  const rows = drawing.rows.get(box);
  if (!rows) {
    return null;
  }
  const row = (at) => rows.findIndex((r) => r.columns.includes(columnIn(box, at)));
  const [first, last] = [row(stop), row(next)];
  if (first === last) {
    return null;
  }
  const corner = box.up ? drawing.frames.get("b" + box.id) : { x: 0, y: 0 };
  const lane = laneOf(rows[first].lanes, placeKey(stop.box, stop.column, stop.slot));
  const right = corner.x + rows[first].right + 10 + lane;
  const below = corner.y + rows[first].bottom + 12 + lane;
  const left = corner.x + PADDING + 4 + lane;
  return rounded([[from.x, from.y], [right, from.y], [right, below], [left, below], [left, to.y],
    [to.x, to.y]]);
}

// What comes from one place stays together.
function laneOf(lanes, place) {
  if (!lanes.has(place)) {
    lanes.set(place, (lanes.size % LANES) * LANE);
  }
  return lanes.get(place);
}

// The column of what contains a stop, in a box around it.
function columnIn(box, stop) {
  let column = stop.column;
  for (let at = stop.box; at !== box; at = at.up) {
    column = columnsOf(at.up).get("b" + at.id);
  }
  return column;
}

// Straight lines with round corners, from where the path already is.
function rounded(points) {
  let path = "";
  for (let i = 1; i < points.length - 1; i++) {
    const [x, y] = points[i];
    const [nextX, nextY] = points[i + 1];
    const [oldX, oldY] = points[i - 1];
    const radius = Math.min(8, Math.hypot(x - oldX, y - oldY) / 2, Math.hypot(nextX - x, nextY - y) / 2);
    const before = [x - Math.sign(x - oldX) * radius, y - Math.sign(y - oldY) * radius];
    const after = [x + Math.sign(nextX - x) * radius, y + Math.sign(nextY - y) * radius];
    path += `L${before[0]} ${before[1]}Q${x} ${y} ${after[0]} ${after[1]}`;
  }
  return path + "L" + points.at(-1).join(" ");
}
