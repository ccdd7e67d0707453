// The paths from a value to the output: how many, which are on one, and the largest of them.

const PATHS_SHOWN = 8;

function pathsFrom(source) {
  const on = onPath(source);
  if (!on[output.id]) {
    return { on, count: 0n, best: [], isNumeric: false };
  }
  const isNumeric = everyEdge(source, on, (edge) => edge.local !== undefined);
  const best = largest(source, on, isNumeric ? (e) => Math.abs(Number(e.local)) : gain);
  return { source, on, isNumeric, best, count: countPaths(source, on) };
}

function onPath(source) {
  const after = new Uint8Array(vertices.length);
  after[source.id] = 1;
  for (let id = source.id + 1; id <= output.id; id++) {
    after[id] = vertices[id].operands.some((edge) => after[edge.from]) ? 1 : 0;
  }
  const on = new Uint8Array(vertices.length);
  on[output.id] = after[output.id];
  for (let id = output.id; id > source.id; id--) {
    if (on[id]) {
      vertices[id].operands.forEach((edge) => (on[edge.from] |= after[edge.from]));
    }
  }
  return on;
}

function everyEdge(source, on, matches) {
  for (let id = source.id + 1; id <= output.id; id++) {
    if (on[id] && !vertices[id].operands.every((edge) => !on[edge.from] || matches(edge))) {
      return false;
    }
  }
  return true;
}

// Exact, however many: a doubling chain has 2 to the power of its length.
function countPaths(source, on) {
  const counts = new Map([[source.id, 1n]]);
  const open = new Map(); // uses that are still to come; without any, a count is forgotten
  for (let id = source.id; id <= output.id; id++) {
    if (!on[id]) {
      continue;
    }
    if (id !== source.id) {
      let count = 0n;
      for (const edge of vertices[id].operands.filter((e) => on[e.from])) {
        count += counts.get(edge.from);
        open.set(edge.from, open.get(edge.from) - 1);
        if (open.get(edge.from) === 0 && edge.from !== output.id) {
          open.delete(edge.from);
        }
      }
      counts.set(id, count);
      for (const edge of vertices[id].operands) {
        if (on[edge.from] && !open.has(edge.from)) {
          counts.delete(edge.from);
        }
      }
    }
    open.set(id, vertices[id].uses.filter((edge) => on[edge.to] && edge.to <= output.id).length);
  }
  return counts.get(output.id);
}

// How much of the gradient's norm goes along an edge.
function gain(edge) {
  const whole = sizeOf(vertices[edge.to].gradient);
  return whole > 0 ? sizeOf(edge.contribution) / whole : 0;
}

// The paths with the largest products of sizes. A product grows with each of its factors, so the
// best paths to a vertex are continuations of the best paths to its operands.
function largest(source, on, weight) {
  const best = new Map([[source.id, [{ size: 1, edge: null, rest: null }]]]);
  for (let id = source.id + 1; id <= output.id; id++) {
    if (!on[id]) {
      continue;
    }
    const all = [];
    for (const edge of vertices[id].operands) {
      for (const rest of (on[edge.from] && best.get(edge.from)) || []) {
        all.push({ size: rest.size * weight(edge), edge, rest });
      }
    }
    all.sort((a, b) => (b.size > a.size ? 1 : b.size < a.size ? -1 : 0));
    best.set(id, all.slice(0, PATHS_SHOWN));
  }
  return best.get(output.id).map((end) => {
    const edges = []; // from the output back to the source, as the chain rule is written
    for (let at = end; at.edge; at = at.rest) {
      edges.push(at.edge);
    }
    return { edges, product: edges.reduce((p, e) => p * Number(e.local), seed()) };
  });
}

// What backward starts from.
function seed() {
  return single(output.gradient) ?? 1;
}

// In words, what the output is multiplied by.
function seedText() {
  const one = single(output.gradient);
  return one === undefined ? "Σ seed · " : one === -1 ? "-" : brief(one) + " ";
}

// 12, or for what nobody would read 1.07e301.
function countText(count) {
  const digits = count.toString();
  return digits.length <= 15
    ? digits
    : digits[0] + "." + digits.slice(1, 3) + "e" + (digits.length - 1);
}

// The factors of a path as a student writes them: from one named value to the next. Without names in
// between, every edge is a factor.
function factorsOf(edges) {
  const factors = [];
  let current = [];
  for (const edge of edges) {
    current.push(edge);
    if (vertices[edge.from].name || edge === edges.at(-1)) {
      factors.push(current);
      current = [];
    }
  }
  return factors.length > 1 ? factors : edges.map((edge) => [edge]);
}

function factorSymbol(factor) {
  return derivativeName(vertices[factor[0].to], vertices[factor.at(-1).from]);
}

// The product of the derivatives along a factor without ones, with its sign in front.
// Where no factor is one, the values in between have their place in the chain and stay labels.
function factorFormula(factor, isMerged) {
  const all = factor.map((edge) => (isMerged ? unfolded(edge.derivative) : edge.derivative))
    .filter((text) => text !== "1");
  const parts = all.filter((text) => text !== "-1");
  const sign = (all.length - parts.length) % 2 ? "-" : "";
  if (parts.length === 0) {
    return sign + "1";
  }
  return sign ? sign + parts.map(enclosed).join(" · ") : product(parts);
}

// Factors, enclosed where they are none; but one that is alone stays as it is, and so does a sign in
// front of all. In the place of null there were more.
function product(factors) {
  return factors.map((text, i) => {
    const rest = i === 0 && text[0] === "-" ? text.slice(1) : text;
    return text === null ? "…" : factors.length === 1 || enclosed(rest) === rest
      ? clipped(text, 80) : "(" + clipped(text, 80) + ")";
  }).join(" · ");
}

// In the place of values without a name, how they were computed.
function unfolded(text) {
  return text.replace(/\bv(\d+)\b/g, (label, id) => {
    const vertex = vertices[Number(id)];
    const isShort = vertex?.label === label && vertex.formula && vertex.formula.length < 40;
    const isAtom = isShort && /^√?[\p{L}_\d]+$/u.test(vertex.formula);
    return isAtom ? vertex.formula : isShort ? "(" + vertex.formula + ")" : label;
  });
}

// In parentheses, if it has a sum or quotient outside of any.
function enclosed(text) {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    depth += text[i] === "(" ? 1 : text[i] === ")" ? -1 : 0;
    if (depth === 0 && (/^( [-+] |\/(?!∂)|, )/.test(text.slice(i, i + 3)) || text[0] === "-")) {
      return "(" + text + ")";
    }
  }
  return text;
}

function factorNumber(factor) {
  return factor.reduce((product, edge) => product * Number(edge.local), 1);
}
