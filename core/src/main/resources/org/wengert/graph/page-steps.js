// Steps through time: one event after the other, forward and backward, by hand or by itself.

const PACE = 900; // milliseconds
const slider = document.getElementById("time");

// `isResting`: all is computed, and no event is shown as the last one.
function goTo(time, isResting = false) {
  state.time = Math.max(0, Math.min(end, time));
  state.isResting = isResting;
  slider.value = state.time;
  const event = eventNow();
  document.getElementById("step").textContent = `${state.time} of ${end}. ${event.text}`;
  slider.setAttribute("aria-valuetext", event.text);
  repaint();
  showPanel();
  if (event.vertex) {
    reveal(shownSlot(event.vertex));
  }
}

function eventNow() {
  return state.isResting ? { text: "All is computed." } : eventAt(state.time);
}

// To the next event that can be seen: what happens inside of one folded box is one step.
function stepShown(by) {
  const place = (time) => {
    const event = eventAt(time);
    const slot = event.vertex ? shownSlot(event.vertex) : "";
    return slot[0] === "v" ? slot + " " + time : slot;
  };
  const from = place(state.time);
  let time = state.time + by;
  while (time > 0 && time < end && place(time) === from) {
    time += by;
  }
  goTo(time);
}

function playing() {
  return state.timer !== null;
}

function pause() {
  clearInterval(state.timer);
  state.timer = null;
  const button = document.getElementById("play");
  button.textContent = "▶ Play";
  button.setAttribute("aria-label", "Play");
}

function playOrPause() {
  if (playing()) {
    pause();
    return;
  }
  if (state.time >= end) {
    goTo(0);
  }
  const button = document.getElementById("play");
  button.textContent = "⏸ Pause";
  button.setAttribute("aria-label", "Pause");
  state.timer = setInterval(() => {
    stepShown(1);
    if (state.time >= end) {
      pause();
    }
  }, PACE);
}

function byHand(move) {
  return (event) => {
    pause();
    move(event);
  };
}

const steps = {
  first: byHand(() => goTo(0)),
  back: byHand((event) => (event.shiftKey ? stepShown(-1) : goTo(state.time - 1))),
  next: byHand((event) => (event.shiftKey ? stepShown(1) : goTo(state.time + 1))),
  last: byHand(() => goTo(end, true)),
  play: playOrPause,
};

function listenToSteps() {
  slider.max = end;
  for (const [id, action] of Object.entries(steps)) {
    document.getElementById(id).addEventListener("click", action);
  }
  slider.addEventListener("input", byHand(() => goTo(Number(slider.value))));
  const mark = document.getElementById("turn");
  mark.hidden = !hasGradient;
  mark.style.left = (100 * turn) / Math.max(1, end) + "%";
}
