// A field to sign in with a finger, a pen or a mouse: lines of whole coordinates in a field of 600 by 200.

const WIDTH = 600;
const HEIGHT = 200;
const SHARPNESS = 2;
const APART = 3;
const MOST_POINTS = 1900;
const SHORTEST = 20;

export class Pad {
  constructor(canvas) {
    canvas.width = WIDTH * SHARPNESS;
    canvas.height = HEIGHT * SHARPNESS;
    this.canvas = canvas;
    this.ink = canvas.getContext("2d");
    this.ink.scale(SHARPNESS, SHARPNESS);
    Object.assign(this.ink, { lineWidth: 3, lineCap: "round", lineJoin: "round", strokeStyle: "#14284b" });
    canvas.addEventListener("pointerdown", (event) => this.#begin(event));
    canvas.addEventListener("pointermove", (event) => this.#go(event));
    for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => (this.pointer = null));
    this.clear();
  }

  clear() {
    this.strokes = [];
    this.pointer = null;
    this.ink.clearRect(0, 0, WIDTH, HEIGHT);
  }

  // Whether there is more than a touch by accident.
  get isSigned() {
    const along = (line) => line.slice(2).reduce((sum, place, at) => sum + Math.abs(place - line[at]), 0);
    return this.strokes.reduce((sum, line) => sum + along(line), 0) >= SHORTEST;
  }

  #begin(event) {
    if (this.pointer !== null || event.button || this.#isFull()) return;
    event.preventDefault();
    this.pointer = event.pointerId;
    this.canvas.setPointerCapture(event.pointerId);
    const place = this.#place(event);
    this.strokes.push([...place]);
    this.#draw(place, place);
  }

  #go(event) {
    if (event.pointerId !== this.pointer || this.#isFull()) return;
    const [line, place] = [this.strokes.at(-1), this.#place(event)];
    const before = line.slice(-2);
    if (Math.hypot(place[0] - before[0], place[1] - before[1]) < APART) return;
    line.push(...place);
    this.#draw(before, place);
  }

  #isFull() {
    return this.strokes.reduce((sum, line) => sum + line.length / 2, 0) >= MOST_POINTS;
  }

  #place(event) {
    const box = this.canvas.getBoundingClientRect();
    const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));
    const x = ((event.clientX - box.left) / box.width) * WIDTH;
    return [within(x, WIDTH), within(((event.clientY - box.top) / box.height) * HEIGHT, HEIGHT)];
  }

  #draw(from, to) {
    this.ink.beginPath();
    this.ink.moveTo(...from);
    this.ink.lineTo(...to);
    this.ink.stroke();
  }
}
