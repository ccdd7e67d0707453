// The order of events: forward, each operation when it is computed; then backward, each
// contribution when it flows from a result to an operand.

const computed = vertices.filter((vertex) => vertex.operands.length > 0);
const flows = [];
const hasGradient = output.gradient !== undefined;
const turn = computed.length + 1; // the output's gradient is set
computed.forEach((vertex, i) => (vertex.time = i + 1));
if (hasGradient) {
  for (let id = vertices.length - 1; id >= 0; id--) {
    for (const edge of vertices[id].operands) {
      if (edge.contribution !== undefined) {
        edge.time = turn + 1 + flows.length;
        flows.push(edge);
      }
    }
  }
}
const end = hasGradient ? turn + flows.length : computed.length;

function isComputed(vertex, time) {
  return (vertex.time ?? 0) <= time;
}

// Whether what comes back along an edge has come; without a contribution of its own, at the end.
function hasFlown(edge, time) {
  return (edge.time ?? end) <= time;
}

// The edges along which a vertex gets its gradient, in the order in which they bring it.
function arrivals(vertex) {
  vertex.arrivals ??= vertex.uses
    .filter((edge) => edge.time !== undefined)
    .sort((a, b) => a.time - b.time);
  return vertex.arrivals;
}

function arrived(vertex, time) {
  const all = arrivals(vertex);
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle].time <= time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// The gradient so far: undefined if nothing has come, the file's if all has. What comes from a folded
// part of a graph has no contributions of its own; it is there at the end.
function gradientAt(vertex, time) {
  if (vertex.gradient === undefined || time < turn) {
    return undefined;
  }
  const count = arrived(vertex, time);
  const isWhole = count > 0 && count === arrivals(vertex).length;
  if (isWhole || time >= end || (count === 0 && graph.outputs.includes(vertex.id))) {
    return vertex.gradient;
  }
  return count === 0 ? undefined : partial(vertex, count);
}

function partial(vertex, count) {
  const parts = arrivals(vertex).slice(0, count).map((edge) => edge.contribution);
  if (parts.every((part) => single(part) !== undefined)) {
    vertex.sums ??= runningSums(vertex);
    return vertex.sums[count];
  }
  if (parts.every((part) => part.data)) {
    const data = parts[0].data.map((_, i) => parts.reduce((sum, p) => sum + Number(p.data[i]), 0));
    return { data, norm: Math.hypot(...data) };
  }
  return count === 1 ? parts[0] : { parts: count, of: arrivals(vertex).length };
}

function runningSums(vertex) {
  let sum = vertex === output ? seed() : 0;
  const sums = [sum];
  for (const edge of arrivals(vertex)) {
    sum += single(edge.contribution);
    sums.push(sum);
  }
  return sums;
}

// What happens at a time, as a text, and where.
function eventAt(time) {
  if (time <= 0) {
    return { text: "Start: what is given is known, nothing is computed yet." };
  }
  if (time < turn) {
    return { vertex: computed[time - 1], text: forwardText(computed[time - 1]) };
  }
  if (time === turn) {
    return { vertex: output, text: "Backward begins: " + gradientName(output) + " = " + gradientNumber(output.gradient) };
  }
  const edge = flows[time - turn - 1];
  return { edge, vertex: vertices[edge.from], text: backwardText(edge, time) };
}

function forwardText(vertex) {
  const name = clipped(vertex.label, 40);
  const numbers = vertex.numbers ? " = " + clipped(vertex.numbers, 80) : "";
  return name + " = " + clipped(vertex.formula, 80) + numbers + " = " + valueText(vertex);
}

function gradientNumber(value) {
  if (value?.parts) {
    return value.parts + " of " + value.of + " parts";
  }
  const one = single(value);
  return one === undefined ? normText(value, 5) : brief(one);
}

function backwardText(edge, time) {
  const [from, to] = [vertices[edge.from], vertices[edge.to]];
  const name = gradientName(from);
  const before = gradientAt(from, time - 1);
  const after = gradientAt(from, time);
  const part = single(edge.contribution);
  const how =
    edge.local !== undefined && single(to.gradient) !== undefined
      ? brief(single(to.gradient)) + " · " + enclosedNumber(Number(edge.local)) + " = "
      : "";
  const through = "Back from " + clipped(to.label, 30) + " to " + clipped(from.label, 30) + ": ";
  if (before === undefined) {
    return through + name + " = " + how + gradientNumber(edge.contribution);
  }
  const sum =
    part === undefined
      ? gradientNumber(before) + " + " + gradientNumber(edge.contribution)
      : brief(single(before)) + " + " + enclosedNumber(part);
  return through + how + gradientNumber(edge.contribution) + "; " + name + " = " + sum
    + " = " + gradientNumber(after);
}
