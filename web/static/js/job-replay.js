// The history of a mask beside its curves: the slider moves a line over the charts, a step that is
// pointed at on a chart shows its mask, and all of it plays.
import { byId, setText } from "./dom.js";
import { isShortcut } from "./shell.js";

// masks a second at speed 1
const RATE = 4;

/** Ties the pictures to the charts and wires the player. */
export function setUpReplay(pictures, charts) {
  pictures.onMove = (step) => charts.mark(step);
  charts.onStep({
    pointed: (step) => timer === null && pictures.peek(step),
    clicked: (step) => {
      stop();
      pictures.peek(null);
      pictures.moveTo(step);
    },
  });

  const button = byId("history-play");
  const speed = byId("history-speed");
  let timer = null;

  function play() {
    // at the end it begins again
    pictures.move(pictures.position ?? 0);
    timer = setInterval(next, 1000 / (RATE * Number(speed.value)));
    setText(button, "Pause");
    button.setAttribute("aria-pressed", "true");
  }

  function next() {
    if (pictures.position === null) stop();
    else pictures.move(pictures.position + 1);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    setText(button, "Play");
    button.setAttribute("aria-pressed", "false");
  }

  function toggle() {
    if (timer === null) {
      play();
    } else {
      stop();
      pictures.remember();
    }
  }

  button.addEventListener("click", toggle);
  speed.addEventListener("change", () => {
    if (timer === null) return;
    stop();
    play();
  });
  byId("history-slider").addEventListener("input", stop);
  byId("history-live").addEventListener("click", stop);
  document.addEventListener("keydown", (event) => {
    if (!isShortcut(event) || pictures.history.length < 2) return;
    const last = pictures.history.length - 1;
    if (event.key === "p") toggle();
    else if (event.key === ",") pictures.move((pictures.position ?? last) - 1);
    else if (event.key === ".") pictures.move((pictures.position ?? last) + 1);
    else return;
    if (event.key !== "p") pictures.remember();
    event.preventDefault();
  });
}
