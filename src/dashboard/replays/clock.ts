/** Time that runs at a rate, can be stopped, and is told where it stands. Milliseconds. */
export class Clock {
  #at = 0;
  #since: number | null = null;
  #rate = 1;

  now(): number {
    return this.#since === null ? this.#at : this.#at + (performance.now() - this.#since) * this.#rate;
  }

  start(at: number, rate: number): void {
    this.#at = at;
    this.#rate = rate;
    this.#since = performance.now();
  }

  stop(at: number): void {
    this.#at = at;
    this.#since = null;
  }

  set rate(rate: number) {
    this.#at = this.now();
    this.#rate = rate;
    if (this.#since !== null) this.#since = performance.now();
  }
}
