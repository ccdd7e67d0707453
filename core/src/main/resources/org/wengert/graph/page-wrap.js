// Rows: what is much wider than high goes on below, like lines of text. Lines from one row to the
// next run around in the margins.

const MARGIN = 34;
const LANE = 6;
const LANES = 5;
let isWrapped = true;

// Breaks the columns of a box into rows; gives the width.
function wrap(drawing, box, width) {
  const frames = box.columns.map((column, c) => column.map((slot) => frameOf(drawing, box, c, slot)));
  const tops = frames.map((all) => Math.min(...all.map((frame) => frame.y)));
  const bottoms = frames.map((all) => Math.max(...all.map((frame) => frame.y + frame.height)));
  const ratio = width / (Math.max(...bottoms) - Math.min(...tops) + 2 * MARGIN);
  const count = Math.round(Math.sqrt(ratio / 1.7) - 0.1);
  if (!isWrapped || count < 2 || box.columns.length < 5) {
    return width;
  }
  const rows = rowsOf(frames, width, count);
  let y = 0;
  for (const row of rows) {
    const top = Math.min(...row.columns.map((c) => tops[c]));
    const bottom = Math.max(...row.columns.map((c) => bottoms[c]));
    const left = Math.min(...row.columns.flatMap((c) => frames[c].map((frame) => frame.x)));
    for (const frame of row.columns.flatMap((c) => frames[c])) {
      frame.x += PADDING + MARGIN - left;
      frame.y += y - top;
    }
    row.bottom = y + bottom - top;
    y = row.bottom + MARGIN + LANE * LANES;
  }
  const ends = frames.flat().map((frame) => frame.x + frame.width);
  rows.forEach((row) => (row.right = Math.max(...ends)));
  drawing.rows.set(box, rows);
  return Math.max(...ends) + MARGIN + LANE * LANES;
}

function rowsOf(frames, width, count) {
  const rows = Array.from({ length: count }, () => ({ columns: [], lanes: new Map() }));
  frames.forEach((all, c) => {
    const middle = Math.max(...all.map((frame) => frame.x + frame.width / 2));
    rows[Math.min(count - 1, Math.floor((middle / width) * count))].columns.push(c);
  });
  return rows.filter((row) => row.columns.length);
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
