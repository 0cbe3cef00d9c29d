// Rows drawn by hand go to Python while they are dragged: the newest when the last answer has been drawn, never a queue.

const PATIENCE = 3000; // milliseconds: an answer that never came holds nothing up

export class PointSender {
  /** `send` gives Python a change; `known` says whether it has these points already and would not answer. */
  constructor(send, known) {
    this.send = send;
    this.known = known;
  }

  offer(points) {
    this.wanted = points.map((point) => point.map((value) => Number(value.toPrecision(4))));
    this.#pump();
  }

  /** Python's answer is on the screen; says whether nothing more is on its way. */
  answered() {
    this.busy = false;
    this.#pump();
    return !this.busy;
  }

  #pump() {
    if (this.busy || !this.wanted) return;
    const points = this.wanted;
    this.wanted = null;
    if (this.known(points)) return;
    this.busy = true;
    this.send({ points });
    clearTimeout(this.giveUp);
    this.giveUp = setTimeout(() => this.answered(), PATIENCE);
  }
}
