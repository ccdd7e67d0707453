// The data of the page: vertices, edges between them, boxes around them, and numbers as texts.

const graph = JSON.parse(document.getElementById("graph").textContent);
const boxes = JSON.parse(document.getElementById("layout").textContent).boxes;
const vertices = graph.vertices;
const output = vertices[graph.outputs[0]];

for (const vertex of vertices) {
  vertex.operands ??= [];
  vertex.uses = [];
}
for (const vertex of vertices) {
  vertex.operands.forEach((edge, input) => {
    Object.assign(edge, { to: vertex.id, input });
    vertices[edge.from].uses.push(edge);
  });
}
boxes.forEach((box, id) => {
  Object.assign(box, { id, up: boxes[box.parent] ?? null, isOpen: Boolean(box.open), count: 0 });
  box.depth = box.up ? box.up.depth + 1 : 0;
  for (const column of box.columns) {
    for (const slot of column) {
      if (slot[0] === "v") {
        vertices[idOf(slot)].box = box;
      }
    }
  }
});
for (const vertex of vertices) {
  const bad = isBad(vertex) || isCulprit(vertex);
  for (let box = vertex.box; box; box = box.up) {
    box.count++;
    box.bad ||= bad;
  }
}

// A slot is a kind and an id: v12 is a vertex, b3 a box, the rest are lines that pass.
function idOf(slot) {
  return Number(slot.slice(1));
}

function isPassage(slot) {
  return slot[0] !== "v" && slot[0] !== "b";
}

function thing(slot) {
  return slot[0] === "v" ? vertices[idOf(slot)] : boxes[idOf(slot)];
}

// The column of each slot in a box; of a line that passes, the first.
function columnsOf(box) {
  if (!box.columnOf) {
    box.columnOf = new Map();
    box.columns.forEach((column, c) => {
      for (const slot of column) {
        if (!box.columnOf.has(slot)) {
          box.columnOf.set(slot, c);
        }
      }
    });
  }
  return box.columnOf;
}

function isShown(box) {
  for (let at = box; at; at = at.up) {
    if (!at.isOpen) {
      return false;
    }
  }
  return true;
}

// The slot in which a vertex is to be seen: its own, or the outermost closed box around it.
function shownSlot(vertex) {
  let slot = "v" + vertex.id;
  for (let box = vertex.box; box; box = box.up) {
    slot = box.isOpen ? slot : "b" + box.id;
  }
  return slot;
}

function commonBox(a, b) {
  while (a !== b) {
    if (a.depth >= b.depth) {
      a = a.up;
    } else {
      b = b.up;
    }
  }
  return a;
}

function partPath(vertex) {
  return vertex.part === undefined ? "" : graph.parts[vertex.part].path;
}

// Numbers. A value is a number, a text such as "NaN", or an object with statistics.

function single(value) {
  if (value === undefined || value === null) {
    return undefined;
  }
  if (typeof value !== "object") {
    return Number(value);
  }
  return value.data && value.data.length === 1 ? Number(value.data[0]) : undefined;
}

function sizeOf(value) {
  const one = single(value);
  return one === undefined ? Number(value?.norm ?? 0) : Math.abs(one);
}

function nonFinite(value) {
  if (value === undefined) {
    return 0;
  }
  return typeof value === "object" ? (value.nonFinite ?? 0) : Number.isFinite(Number(value)) ? 0 : 1;
}

function isBad(vertex) {
  return nonFinite(vertex.value) > 0 || nonFinite(vertex.gradient) > 0;
}

// Whether the first numbers arise here that are not finite.
function isCulprit(vertex) {
  return Boolean(vertex.culprit) || (Boolean(graph.finding) && vertex === output);
}

// Up to so many significant digits, without zeros at the end: 0.5546, 5.5401e-4.
function brief(x, digits = 5) {
  if (!Number.isFinite(x)) {
    return Number.isNaN(x) ? "NaN" : x > 0 ? "∞" : "-∞";
  }
  const size = Math.abs(x);
  if (Number.isInteger(x) && size < 1e7) {
    return String(x === 0 ? 0 : x);
  }
  if (size >= 1e-3 && size < 1e7) {
    return withoutZeros(x.toFixed(Math.max(0, digits - 1 - Math.floor(Math.log10(size)))));
  }
  return scientific(x, digits);
}

function scientific(x, digits) {
  const [mantissa, exponent] = x.toExponential(digits - 1).split("e");
  return withoutZeros(mantissa) + "e" + Number(exponent);
}

// As in a product of the chain rule: four digits, of numbers from 0.1 four decimals.
function inProduct(x) {
  const size = Math.abs(x);
  if (x !== 0 && size < 1e-2) {
    return scientific(x, 4);
  }
  return brief(x, size >= 0.1 && size < 1e4 ? 5 + Math.floor(Math.log10(size)) : 4);
}

function withoutZeros(text) {
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

// A number in a sum or product, in parentheses if it has a sign.
function enclosedNumber(x) {
  return x < 0 ? "(" + brief(x) + ")" : brief(x);
}

function shapeText(vertex) {
  return vertex.shape.length ? vertex.shape.join("×") : "scalar";
}

// One line for a value: the number, or the sizes and the norm.
function valueText(vertex) {
  const one = single(vertex.value);
  const bad = nonFinite(vertex.value);
  return one !== undefined
    ? brief(one)
    : bad
      ? bad + " of " + shapeText(vertex) + " not finite"
      : shapeText(vertex) + "  " + normText(vertex.value);
}

// The norm, unless it leaves something out.
function normText(value, digits = 3) {
  const bad = nonFinite(value);
  return bad ? bad + " not finite" : "‖" + brief(sizeOf(value), digits) + "‖";
}

function gradientText(value) {
  const one = single(value);
  return one === undefined ? "∂ " + normText(value) : "∂ " + brief(one);
}

function clipped(text, longest = 24) {
  const line = Array.from(text.slice(0, 4 * longest).replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, " "));
  return line.length > longest || text.length > 4 * longest
    ? line.slice(0, longest - 1).join("") + "…"
    : line.join("");
}

// What is derived: the output, or S = Σ seed · output if backward began with other numbers than 1; S′
// if something is called S.
const isSeeded = output.gradient !== undefined && single(output.gradient) !== 1;
const derived = isSeeded ? { label: freeName("S") } : output;

function freeName(name) {
  return vertices.some((vertex) => vertex.label === name) ? freeName(name + "′") : name;
}

function gradientName(by) {
  return derivativeName(derived, by);
}

function derivativeName(of, by) {
  return "∂" + clipped(of.label, 40) + "/∂" + clipped(by.label, 40);
}
