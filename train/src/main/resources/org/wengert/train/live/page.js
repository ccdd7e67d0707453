"use strict";
(() => {
const WIDTH = 960, HEIGHT = 320, LEFT = 76, RIGHT = 40, TOP = 34, BOTTOM = 34, MOST = 4000;
const COLOURS = 10, ROW = 22, LETTER = 7.5;
const run = JSON.parse(document.getElementById("data").textContent);
const number = v => Number(v); // what is not finite comes as a string
let waiting = false, lost = false;

const short = v => {
  if (!Number.isFinite(v)) return String(v);
  if (v !== 0 && (Math.abs(v) < 1e-3 || Math.abs(v) >= 1e6)) return v.toExponential(2).replace(/\.?0+e/, "e");
  return String(Number(v.toPrecision(5)));
};

const element = (name, attributes, text) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  return made;
};

const ticks = (low, high, count) => {
  const raw = (high - low) / count, power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= raw * 0.999) ?? raw;
  const all = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) all.push(i * step);
  return all;
};

const decades = (low, high) => {
  const all = [], span = high - low, skip = Math.max(1, Math.ceil(span / 8));
  for (let p = Math.floor(low); p <= high; p++) {
    if (p % skip !== 0) continue;
    for (const d of span < 3 ? [1, 2, 5] : [1]) {
      const at = p + Math.log10(d);
      if (at >= low && at <= high) all.push(at);
    }
  }
  return all;
};

// where each name of a curve stands, in as many rows as they need
const legend = names => {
  const places = [];
  let x = LEFT, row = 0;
  for (const name of names) {
    const shown = name.length > 60 ? name.slice(0, 59) + "…" : name, width = name ? 44 + LETTER * shown.length : 0;
    if (x > LEFT && x + width > WIDTH) { x = LEFT; row++; }
    places.push({shown, x, y: 19 + row * ROW});
    x += width;
  }
  return {places, height: row * ROW};
};

// series: [{name, faint, points: [[x, y]...]}]; numbers that are not finite leave gaps
const chart = (place, series, label) => {
  const shown = series.map(s => ({...s, points: s.points.filter(p => Number.isFinite(p[1]))}));
  const solid = shown.filter(s => !s.faint).flatMap(s => s.points);
  const known = solid.length ? solid : shown.flatMap(s => s.points);
  const names = legend(shown.map(s => s.name)), top = TOP + names.height, height = HEIGHT + names.height;
  const svg = element("svg", {viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label});
  if (known.length) {
    const of = (f, i) => known.reduce((m, p) => f(m, p[i]), known[0][i]);
    const log = of(Math.min, 1) > 0 && of(Math.max, 1) > 20 * of(Math.min, 1);
    const y = v => log ? Math.log10(Math.max(v, 1e-300)) : v;
    let low = y(of(Math.min, 1)), high = y(of(Math.max, 1)), right = Math.max(of(Math.max, 0), 1);
    const room = high > low ? 0.06 * (high - low) : Math.max(Math.abs(low) * 0.1, 1e-9);
    low -= room; high += room;
    const px = v => LEFT + v / right * (WIDTH - LEFT - RIGHT);
    const py = v => height - BOTTOM - Math.min(1.02, Math.max(-0.02, (y(v) - low) / (high - low))) * (height - top - BOTTOM);
    for (const t of log ? decades(low, high) : ticks(low, high, 5)) {
      const value = log ? 10 ** t : t, at = py(value).toFixed(1);
      svg.append(element("path", {class: "grid", d: `M${LEFT} ${at}H${WIDTH - RIGHT}`}),
        element("text", {x: LEFT - 8, y: +at + 5, "text-anchor": "end"}, short(value)));
    }
    for (const t of ticks(0, right, 8).filter(Number.isInteger)) {
      const label = short(t), at = Math.min(px(t), WIDTH - 2 - LETTER * label.length / 2);
      svg.append(element("text", {x: at.toFixed(1), y: height - 12, "text-anchor": "middle"}, label));
    }
    shown.forEach((s, i) => {
      const colour = "s" + (s.colour ?? i) % COLOURS;
      const d = s.points.map((p, n) => `${n ? "L" : "M"}${px(p[0]).toFixed(1)} ${py(p[1]).toFixed(1)}`).join("");
      svg.append(element("path", {class: colour + (s.faint ? " faint" : ""), d}));
      if (s.points.length < 60 && !s.faint) {
        for (const p of s.points) svg.append(element("circle", {class: colour, r: 3.5, cx: px(p[0]).toFixed(1), cy: py(p[1]).toFixed(1)}));
      }
      if (s.name) {
        const {shown: name, x, y} = names.places[i];
        svg.append(element("rect", {class: colour, x, y: y - 8, width: 18, height: 5}),
          element("text", {x: x + 24, y}, name));
      }
    });
  } else {
    svg.append(element("text", {x: WIDTH / 2, y: height / 2, "text-anchor": "middle"}, "nothing yet"));
  }
  document.getElementById(place).replaceChildren(svg);
};

const smooth = points => {
  const keep = 1 - 2 / (points.length / 50 + 2);
  let sum = 0, weight = 0;
  return points.map(([x, y]) => {
    if (Number.isFinite(y)) { sum = keep * sum + (1 - keep) * y; weight = keep * weight + 1 - keep; }
    return [x, sum / weight];
  });
};

const curves = () => {
  const losses = run.steps.map(s => [s.step, number(s.loss)]);
  const validation = run.epochs.filter(e => "validationLoss" in e).map(e => [e.step, number(e.validationLoss)]);
  const all = losses.length
    ? [{name: "", faint: true, colour: 0, points: losses}, {name: "training", colour: 0, points: smooth(losses)}]
    : [{name: "training", colour: 0, points: run.epochs.map(e => [e.step, number(e.loss)])}];
  if (validation.length) all.push({name: "validation", colour: 1, points: validation});
  chart("loss", all, "loss by step");
  chart("rate", [{name: "", points: run.steps.map(s => [s.step, number(s.learningRate)])}], "learning rate by step");
  const names = new Map();
  for (const e of run.epochs) for (const [kind, key] of [["training", "metrics"], ["validation", "validationMetrics"]]) {
    for (const name in e[key] ?? {}) {
      const label = `${name}, ${kind}`;
      if (!names.has(label)) names.set(label, []);
      names.get(label).push([e.step, number(e[key][name])]);
    }
  }
  document.getElementById("metrics-part").hidden = names.size === 0;
  chart("metrics", [...names].map(([name, points]) => ({name, points})), "metrics by step");
};

const table = () => {
  const cells = e => {
    const row = {epoch: e.epoch, step: e.step, loss: e.loss, ...e.metrics};
    if ("validationLoss" in e) {
      row["validation loss"] = e.validationLoss;
      for (const name in e.validationMetrics) row["validation " + name] = e.validationMetrics[name];
    }
    return {...row, "learning rate": e.learningRate, seconds: e.seconds};
  };
  const line = (texts, kind) => {
    const tr = document.createElement("tr");
    for (const text of texts) {
      const cell = document.createElement(kind);
      if (kind === "th") cell.scope = "col";
      cell.textContent = text;
      tr.append(cell);
    }
    return tr;
  };
  const rows = run.epochs.map(cells), head = rows.length ? Object.keys(rows[rows.length - 1]) : [];
  document.querySelector("#epochs thead").replaceChildren(line(head, "th"));
  document.querySelector("#epochs tbody").replaceChildren(...rows.map(r => line(head.map(h => h in r ? short(number(r[h])) : ""), "td")));
};

const pictures = () => {
  document.getElementById("pictures").replaceChildren(...run.pictures.flatMap(p => {
    const head = document.createElement("h2"), image = document.createElement("img");
    head.textContent = p.name;
    if (p.problem) {
      const remark = document.createElement("p");
      remark.textContent = "no picture: " + p.problem;
      return [head, remark];
    }
    image.alt = p.name;
    image.src = "data:image/png;base64," + p.png;
    return [head, image];
  }));
};

const texts = () => {
  document.getElementById("texts").replaceChildren(...run.texts.flatMap(t => {
    const head = document.createElement("h2"), body = document.createElement("pre");
    head.textContent = t.name;
    body.textContent = t.text;
    return [head, body];
  }));
};

const state = () => {
  const last = run.steps[run.steps.length - 1], epoch = run.epochs[run.epochs.length - 1];
  const done = Math.max(last?.step ?? 0, epoch?.step ?? 0); // not every step is kept
  const at = last ? `step ${done} of ${Math.max(run.allSteps, done)}, loss ${short(number(last.loss))}` : "no step yet";
  const lack = lost ? " (connection lost, trying again)" : "";
  document.getElementById("state").textContent = run.end ? `${at}: ${run.end}` : at + lack;
};

const draw = () => { waiting = false; curves(); table(); pictures(); state(); };
const later = () => { if (!waiting) { waiting = true; requestAnimationFrame(draw); } };

const thin = () => { if (run.steps.length > MOST) run.steps = run.steps.filter((_, i) => i % 2 === 1 || i === run.steps.length - 1); };

// the browser itself takes a lost connection up again, but not one that was refused
const connect = () => {
  const events = new EventSource("events");
  events.onmessage = message => {
    const news = JSON.parse(message.data);
    lost = false;
    if (news.fresh) { run.steps = []; run.epochs = []; }
    run.steps.push(...news.steps);
    run.epochs.push(...news.epochs);
    if (news.pictures) run.pictures = news.pictures;
    if (news.end) { run.end = news.end; events.close(); }
    thin();
    later();
  };
  events.onerror = () => {
    if (run.end) return;
    lost = true;
    later();
    if (events.readyState === EventSource.CLOSED) setTimeout(connect, 3000);
  };
};

document.title = document.getElementById("title").textContent = run.title;
texts();
draw();
if (run.live) connect();
document.documentElement.dataset.ready = "true";
})();
