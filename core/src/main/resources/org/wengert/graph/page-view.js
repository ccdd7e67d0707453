// Zoom, position and colours of the picture.

function applyView() {
  world.setAttribute("transform", `translate(${view.x} ${view.y}) scale(${view.zoom})`);
  picture.classList.toggle("far", view.zoom * letters < FAR);
}

function zoomBy(by, at) {
  const box = picture.getBoundingClientRect();
  const { x, y } = at ?? { x: box.width / 2, y: box.height / 2 };
  const zoom = Math.min(4, Math.max(0.02, view.zoom * by));
  view.x = x - ((x - view.x) * zoom) / view.zoom;
  view.y = y - ((y - view.y) * zoom) / view.zoom;
  view.zoom = zoom;
  applyView();
}

function moveBy(dx, dy) {
  view.x += dx;
  view.y += dy;
  applyView();
}

// The part of the window that is for the picture, without the legend.
function stageSize() {
  const box = picture.getBoundingClientRect();
  return { width: Math.max(100, box.width), height: Math.max(100, box.height - 40) };
}

function fittingZoom(drawing) {
  const stage = stageSize();
  const whole = drawing.frames.get("b0");
  return Math.min(1.6, stage.width / whole.width, stage.height / whole.height);
}

// Shows the whole, as large as it fits; if that is too small to read, as wide as the window, with what
// is selected, or else the beginning.
function fit(least = 0) {
  const stage = stageSize();
  if (drawing.stage.width !== stage.width || drawing.stage.height !== stage.height) {
    build(); // other rows may fit better
  }
  const whole = drawing.frames.get("b0");
  const fitting = fittingZoom(drawing);
  const across = Math.min(readable(), stage.width / whole.width);
  view.zoom = fitting < least ? Math.max(across, least) : fitting;
  view.x = Math.max(0, (stage.width - whole.width * view.zoom) / 2);
  view.y = Math.max(0, (stage.height - whole.height * view.zoom) / 2);
  applyView();
  reveal(state.selected);
}

// Moves a thing into the window if it is not there, no further than needed.
function reveal(slot) {
  const frame = drawing.frames.get(slot);
  if (frame) {
    const box = picture.getBoundingClientRect();
    const dx = missingBy(frame.x * view.zoom + view.x, frame.width * view.zoom, box.width);
    const dy = missingBy(frame.y * view.zoom + view.y, frame.height * view.zoom, box.height);
    if (dx || dy) {
      moveBy(dx, dy);
    }
  }
}

// How far something must move to be inside, not at the edge; 0 if it is.
function missingBy(from, size, room) {
  const margin = Math.max(0, Math.min(room / 5, (room - size) / 2));
  if (from >= 8 && from + size <= room - 8) {
    return 0;
  }
  return from < 8 ? margin - from : room - margin - size - from;
}

// Keeps a thing where it is on the screen while the drawing around it changes.
function keeping(slot, change) {
  const before = drawing.frames.get(slot);
  const from = before && { x: before.x * view.zoom + view.x, y: before.y * view.zoom + view.y };
  change();
  const after = drawing.frames.get(slot);
  if (from && after) {
    view.x = from.x - after.x * view.zoom;
    view.y = from.y - after.y * view.zoom;
    applyView();
  }
}

// Pointers: dragging moves, the wheel zooms, a click that did not move selects.
function listenToPointers(onClick) {
  let drag = null;
  picture.addEventListener("wheel", (event) => {
    event.preventDefault();
    const box = picture.getBoundingClientRect();
    const by = Math.exp(-Math.max(-80, Math.min(80, event.deltaY)) * 0.0025);
    zoomBy(by, { x: event.clientX - box.left, y: event.clientY - box.top });
  }, { passive: false });
  picture.addEventListener("pointerdown", (event) => {
    drag = { x: event.clientX, y: event.clientY, far: 0, target: event.target };
  });
  picture.addEventListener("pointermove", (event) => {
    if (drag && event.buttons) {
      const [dx, dy] = [event.clientX - drag.x, event.clientY - drag.y];
      drag.far += Math.abs(dx) + Math.abs(dy);
      if (drag.far > 4) {
        picture.setPointerCapture(event.pointerId);
        picture.classList.add("dragging");
        moveBy(dx, dy);
        Object.assign(drag, { x: event.clientX, y: event.clientY });
      }
    }
  });
  picture.addEventListener("pointerup", () => {
    picture.classList.remove("dragging");
    if (drag && drag.far <= 4) {
      onClick(drag.target);
    }
    drag = null;
  });
}

// Colours by value: blue below zero, orange above; by gradient: the darker the larger, in powers of
// ten. Both are told apart without seeing red and green.

const scales = { value: 0, least: Infinity, most: 0 };
for (const vertex of vertices) {
  const value = single(vertex.value) ?? Number(vertex.value.mean);
  if (Number.isFinite(value)) {
    scales.value = Math.max(scales.value, Math.abs(value));
  }
  const gradient = vertex.gradient === undefined ? 0 : sizeOf(vertex.gradient);
  if (gradient > 0 && Number.isFinite(gradient)) {
    scales.least = Math.min(scales.least, gradient);
    scales.most = Math.max(scales.most, gradient);
  }
}

function colourClass(vertex, gradient) {
  if (state.colour === "value") {
    const value = single(vertex.value) ?? Number(vertex.value.mean);
    const share = Math.sqrt(Math.min(1, Math.abs(value) / (scales.value || 1)));
    return "value" + (value < 0 ? "-" : "+") + Math.ceil(share * 3);
  }
  if (state.colour === "time") {
    return "size" + (1 + Math.round(vertex.id / vertices.length * 5));
  }
  if (gradient === undefined) {
    return "size-none";
  }
  const size = sizeOf(gradient);
  const range = Math.log10(scales.most / scales.least) || 1;
  const share = size > 0 ? Math.log10(size / scales.least) / range : 0;
  return "size" + (size > 0 ? 1 + Math.round(Math.min(1, Math.max(0, share)) * 5) : 0);
}

function legendEntries() {
  if (state.colour === "value") {
    return [["value-3", "−" + brief(scales.value, 2)], ["value-1", ""], ["value+0", "0"],
      ["value+1", ""], ["value+3", brief(scales.value, 2)]];
  }
  if (state.colour === "time") {
    return [["size1", "first"], ["size2", ""], ["size3", ""], ["size4", ""], ["size5", ""],
      ["size6", "last"]];
  }
  if (state.colour === "gradient") {
    return [["size0", "0"], ["size1", brief(scales.least, 2)], ["size2", ""], ["size3", ""],
      ["size4", ""], ["size5", ""], ["size6", brief(scales.most, 2)], ["missing", "not computed"]];
  }
  return [["kind-parameter", "wanted"], ["kind-constant", "given"], ["kind-operation", "computed"],
    ["box", "folded box"], ["bad", "not finite"], ["missing", "not computed"]];
}
