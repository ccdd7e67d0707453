// The side panel: what is known of the selected value, line or box, with the numbers plugged in.

const LISTED = 12;

function html(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) {
      element.addEventListener(key.slice(2), value);
    } else {
      element.setAttribute(key, value);
    }
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function section(title, ...children) {
  return html("section", {}, html("h3", {}, title), ...children);
}

function formula(...parts) {
  return html("p", { class: "formula" }, ...parts);
}

function missing() {
  return html("span", { class: "missing" }, "not computed");
}

function link(vertex, text = clipped(vertex.label, 40)) {
  return html("button", { type: "button", class: "link", onclick: () => showVertex(vertex) }, text);
}

function showPanel() {
  const panel = document.getElementById("panel");
  const now = eventNow().vertex;
  const slot = state.selected ?? (now ? "v" + now.id : null); // what happens, if nothing is selected
  const content = state.edge
    ? edgePanel(state.edge)
    : slot === null
      ? overview()
      : slot[0] === "b"
        ? boxPanel(thing(slot))
        : vertexPanel(thing(slot));
  panel.replaceChildren(...content.filter((part) => part !== null));
}

function overview() {
  const wanted = vertices.filter((v) => v.kind === "leaf" || v.kind === "parameter");
  const bad = allBad();
  return [
    html("h2", {}, clipped(output.label, 60)),
    formula(clipped(output.label, 40), " = ",
      isComputed(output, state.time) ? valueText(output) : missing()),
    seedLine(),
    html("p", {}, `${vertices.length} values, ${computed.length} of them computed, `
      + `${wanted.length} with a gradient that is wanted.`),
    html("p", {}, "Select a value to see why its gradient is what it is; step through time below."),
    bad.length ? section("Not finite", ...bad.slice(0, LISTED).map((v) => html("p", {}, link(v)))) : null,
    wanted.length
      ? section("Gradients", html("table", {}, ...wanted.slice(0, 60).map(gradientRow)))
      : null,
    wanted.length > 60 ? html("p", {}, `and ${wanted.length - 60} more`) : null,
  ];
}

function seedLine() {
  const seeded = seedText() + clipped(output.label, 40);
  return isSeeded ? formula(derived.label + " = " + seeded) : null;
}

function gradientRow(vertex) {
  const known = gradientAt(vertex, state.time);
  const gradient = known === undefined ? missing() : gradientNumber(known);
  return html("tr", {}, html("th", { scope: "row" }, 
    html("span", { class: "part" }, partBefore(vertex)),
    link(vertex)), html("td", {}, gradient));
}

// The end of the part's path without what the label begins with, as "0.weight" does in
// "Sequential.0": what is before it, its neighbours have too.
function partBefore(vertex) {
  const names = partPath(vertex).split(".");
  const label = vertex.label.split(".");
  const common = names.findIndex((_, from) => names.slice(from).every((name, i) => name === label[i]));
  const path = Array.from((common < 0 ? names : names.slice(0, common)).join("."));
  return path.length > 22 ? "…" + path.slice(-21).join("") + "." : path.length ? path.join("") + "." : "";
}

function boxPanel(box) {
  const parameters = vertices.filter((v) => v.kind === "parameter" && isInside(v, box));
  return [
    html("h2", {}, clipped(box.title, 200)),
    html("p", { class: "chips" }, chip(box.kind || "steps"), chip(box.count + " values")),
    html("p", {}, html("button", { type: "button", onclick: () => toggle(box) },
      box.isOpen ? "Fold (Enter)" : "Unfold (Enter)")),
    parameters.length
      ? section("Parameters", html("table", {}, ...parameters.slice(0, 40).map(gradientRow)))
      : null,
  ];
}

function chip(text) {
  return text ? html("span", { class: "chip" }, text) : null;
}

function vertexPanel(vertex) {
  const isKnown = isComputed(vertex, state.time);
  const gradient = gradientAt(vertex, state.time);
  return [
    html("h2", {}, clipped(vertex.label, 200)),
    html("p", { class: "chips" }, chip(vertex.op ?? { parameter: "parameter", leaf: "wanted",
      constant: "given" }[vertex.kind]), chip(shapeText(vertex)), chip(vertex.dtype),
      chip(clipped(partPath(vertex), 80)), chip(clipped(vertex.line ?? "", 80))),
    culpritSection(vertex),
    section("Value", isKnown ? numbers(vertex, vertex.value) : missing()),
    vertex.operands.length ? section("Computed as", ...formulaLines(vertex, isKnown)) : null,
    section(hasGradient ? "Gradient " + gradientName(vertex) : "Gradient",
      gradient === undefined ? missing() : gradient.parts
        ? html("p", {}, gradientNumber(gradient)) : numbers(vertex, gradient), seedLine()),
    accumulation(vertex),
    vertex.grad === undefined || isStillComing(vertex) ? null : section("Left by backward()", numbers(vertex, vertex.grad)),
    vertex.operands.length ? section("To its operands", ...vertex.operands.slice(0, LISTED).map(operandLines))
      : null,
    attributes(vertex),
    pathsSection(vertex),
  ];
}

// Where the first number arises that is not finite, and what was found there.
function culpritSection(vertex) {
  const finding = vertex === output ? graph.finding : undefined;
  if (!finding && !vertex.culprit) {
    return null;
  }
  return html("section", { class: "finding" },
    html("p", { class: "bad" }, "⚠ " + clipped(vertex.label, 40) + ": "
      + (vertex.culprit ?? "what was found here is not finite")),
    finding ? html("pre", {}, clippedLines(finding)) : null);
}

function clippedLines(text) {
  return text.split("\n").slice(0, 40).map((line) => clipped(line, 400)).join("\n");
}

function formulaLines(vertex, isKnown) {
  const lines = [formula(clipped(vertex.label, 60) + " = " + clipped(vertex.formula, 300))];
  const hasNumbers = vertex.operands.every((edge) => isComputed(vertices[edge.from], state.time))
    && vertex.numbers && vertex.numbers !== vertex.formula;
  const numbers = hasNumbers ? " = " + vertex.numbers : "";
  lines.push(formula(clipped(numbers, 300), isKnown ? " = " + valueText(vertex) : ""));
  return lines;
}

function attributes(vertex) {
  const rows = Object.entries(vertex.attributes ?? {});
  return rows.length
    ? section("Settings", html("table", {}, ...rows.map(([name, value]) =>
        html("tr", {}, html("th", { scope: "row" }, name), html("td", {}, clipped(value, 200))))))
    : null;
}

// Whether the gradient is still to come, or parts of it.
function isStillComing(vertex) {
  return hasGradient && state.time < end && arrived(vertex, state.time) < arrivals(vertex).length;
}

// The local derivative along an edge and what comes back along it; numbers once their step has been.
function operandLines(edge) {
  const [from, to] = [vertices[edge.from], vertices[edge.to]];
  const isKnown = isComputed(to, state.time);
  const steps = [edge.derivative];
  if (isKnown && edge.numbers && edge.numbers !== edge.derivative) {
    steps.push(edge.numbers);
  }
  if (isKnown && edge.local !== undefined && brief(Number(edge.local)) !== steps.at(-1)) {
    steps.push(brief(Number(edge.local)));
  }
  const lines = html("div", { class: "operand" + (state.edge === edge ? " selected" : "") },
    html("p", {}, link(from)),
    formula(derivativeName(to, from) + " = " + clipped(steps.join(" = "), 300)));
  lines.append(edge.contribution === undefined || !hasFlown(edge, state.time)
    ? formula("contribution: ", missing())
    : formula("contribution: " + contributionText(edge)));
  return lines;
}

function contributionText(edge) {
  const upper = single(vertices[edge.to].gradient);
  return edge.local !== undefined && upper !== undefined
    ? brief(upper) + " · " + enclosedNumber(Number(edge.local)) + " = " + gradientNumber(edge.contribution)
    : gradientNumber(edge.contribution);
}

function edgePanel(edge) {
  const [from, to] = [vertices[edge.from], vertices[edge.to]];
  return [
    html("h2", {}, clipped(from.label, 60) + " → " + clipped(to.label, 60)),
    html("p", {}, link(from), " is used by ", link(to), "."),
    section("Local derivative", operandLines(edge)),
    edge.contribution === undefined || !hasFlown(edge, state.time) ? null : section("Contribution to " + gradientName(from),
      numbers(from, edge.contribution)),
    html("p", {}, html("button", { type: "button", onclick: nextEdge }, "Next line (e)")),
  ];
}

// Where the gradient comes from: its parts in the order in which they arrive, and their sum.
function accumulation(vertex) {
  const all = arrivals(vertex);
  if (all.length === 0) {
    return null;
  }
  const count = arrived(vertex, state.time);
  const rows = all.slice(0, LISTED).map((edge, i) =>
    html("tr", { class: i < count ? "" : "later" }, html("th", { scope: "row" }, link(vertices[edge.to])),
      html("td", {}, i < count ? contributionText(edge) : missing())));
  const sum = all.length > 1 && count > 0 ? formula(sumText(vertex, all, count)) : null;
  return section(`Comes from (${count} of ${all.length})`, html("table", {}, ...rows),
    ...(all.length > LISTED ? [html("p", {}, `and ${all.length - LISTED} more`)] : []),
    ...(sum ? [sum] : []));
}

function sumText(vertex, all, count) {
  const parts = all.slice(0, Math.min(count, LISTED)).map((edge) => single(edge.contribution));
  const sum = gradientNumber(gradientAt(vertex, state.time));
  if (parts.some((part) => part === undefined)) {
    return "sum: " + sum;
  }
  const terms = parts.map((part, i) => (i === 0 ? brief(part) : enclosedNumber(part)));
  return terms.join(" + ") + (count > LISTED ? " + …" : "") + " = " + sum;
}

// A tensor: the elements if they are few, and what is to be said of all of them.
function numbers(vertex, value) {
  const one = single(value);
  if (one !== undefined) {
    return html("p", { class: Number.isFinite(one) ? "number" : "number bad" }, brief(one, 8));
  }
  const block = html("div", {});
  const elements = (value.data ?? value.first ?? []).map(Number);
  block.append(html("pre", {}, printed(elements, vertex.shape, Boolean(value.data))));
  const facts = ["min", "max", "mean", "norm"].filter((key) => value[key] !== undefined);
  block.append(html("table", { class: "facts" }, ...facts.map((key) =>
    html("tr", {}, html("th", { scope: "row" }, key), html("td", {}, brief(Number(value[key])))))));
  if (value.nonFinite) {
    block.append(html("p", { class: "bad" }, value.nonFinite + " not finite"));
  }
  return block;
}

function printed(elements, shape, isWhole) {
  const texts = elements.map((x) => brief(x, 4));
  const width = Math.max(1, ...texts.map((text) => text.length));
  const columns = shape.length > 1 ? shape.at(-1) : 8;
  const perLine = Math.max(1, Math.min(columns, Math.floor(40 / (width + 1))));
  let lines = "";
  texts.forEach((text, i) => {
    const inRow = i % columns;
    const breaks = i > 0 && (inRow === 0 || inRow % perLine === 0);
    lines += (breaks ? "\n" + (inRow ? "  " : "") : i ? " " : "") + text.padStart(width);
  });
  return lines + (isWhole ? "" : " …");
}

// The chain rule written out: each path as a product, in symbols, in formulas and in numbers.
function pathsSection(vertex) {
  const paths = state.paths;
  if (!hasGradient || vertex === output) {
    return null;
  }
  if (paths?.source !== vertex) {
    return html("p", {}, html("button", { type: "button", onclick: () => togglePaths() },
      "Paths to " + clipped(output.label, 30) + " (p)"));
  }
  const count = paths.count === 1n ? "1 path" : countText(paths.count) + " paths";
  const rest = paths.count > BigInt(paths.best.length) ? `, the ${paths.best.length} largest` : "";
  return section("Chain rule: " + count + rest,
    html("ol", { class: "paths" }, ...paths.best.map((path) => pathItem(path, paths.isNumeric))),
    ...(paths.isNumeric ? [pathSum(vertex, paths)] : []));
}

function pathItem(path, isNumeric) {
  path.factors ??= isNumeric ? factorsOf(path.edges) : path.edges.map((edge) => [edge]);
  path.isMerged ??= path.factors.some((factor) => factor.length > 1);
  const shown = shortened(path.factors); // only these are written
  const each = (write) => shown.map((factor) => (factor === null ? null : write(factor)));
  const seeded = (first, rest) => product(isSeeded ? [first, ...rest] : rest);
  const symbols = formula(seeded(gradientName(output), each(factorSymbol)));
  if (!isNumeric) {
    return html("li", {}, symbols, html("table", {}, ...shown.map(edgeRow)));
  }
  const derivatives = seeded(inProduct(seed()), each((factor) => factorFormula(factor, path.isMerged)));
  const numbers = [seeded(inProduct(seed()), each((f) => inProduct(factorNumber(f)))),
    inProduct(path.product)];
  const news = numbers.filter((text, i) => text !== (numbers[i - 1] ?? derivatives));
  return html("li", {},
    symbols,
    formula("= " + derivatives),
    !hasFlown(path.edges.at(-1), state.time)
      ? formula("= ", missing())
      : news.length ? formula("= " + news.join(" = ")) : null);
}

function edgeRow(factor) {
  if (factor === null) {
    return html("tr", {}, html("td", {}, "…"));
  }
  const [edge] = factor;
  return html("tr", {}, html("th", { scope: "row" }, factorSymbol(factor)),
    html("td", {}, clipped(edge.derivative, 40)),
    html("td", {}, hasFlown(edge, state.time) ? gradientNumber(edge.contribution) : missing()));
}

function shortened(all) {
  return all.length > 12 ? [...all.slice(0, 7), null, ...all.slice(-4)] : all;
}

function pathSum(vertex, paths) {
  const name = gradientName(vertex) + " = ";
  if (isStillComing(vertex)) {
    return formula(name, missing());
  }
  const all = paths.best.map((path, i) => (i ? enclosedNumber(path.product) : brief(path.product)));
  const isAll = paths.count === BigInt(paths.best.length);
  const whole = gradientNumber(vertex.gradient);
  return formula(name + (!isAll
    ? whole + ", of which these are " + brief(paths.best.reduce((sum, path) => sum + path.product, 0))
    : all.length > 1 ? all.join(" + ") + " = " + whole : whole));
}
