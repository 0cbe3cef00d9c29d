// The sender of rows drawn by hand: while they are dragged Python gets the newest once its last answer is drawn, never
// a queue.

/** @import { Choice } from "../payload.js" */

const ANSWER_TIMEOUT_MS = 3000; // an answer that never comes holds nothing up

export class PointSender {
  /** Rows that wait for the last answer. @type {number[][] | null} */
  #waiting = null;

  #busy = false;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timeout;

  /**
   * @param {(choice: Choice) => void} send - gives Python the rows
   * @param {(points: number[][]) => boolean} known - whether Python has these already, and would not answer
   */
  constructor(send, known) {
    this.send = send;
    this.known = known;
  }

  /**
   * Sends these rows as soon as Python can take them.
   * @param {number[][]} points
   */
  offer(points) {
    this.#waiting = points.map((point) => point.map((value) => Number(value.toPrecision(4))));
    this.#pump();
  }

  /** Takes note that an answer is on the screen; returns whether nothing more is on its way. */
  answered() {
    this.#busy = false;
    this.#pump();
    return !this.#busy;
  }

  #pump() {
    if (this.#busy || !this.#waiting) return;
    const points = this.#waiting;
    this.#waiting = null;
    if (this.known(points)) return;
    this.#busy = true;
    this.send({ points });
    clearTimeout(this.#timeout);
    this.#timeout = setTimeout(() => this.answered(), ANSWER_TIMEOUT_MS);
  }
}
