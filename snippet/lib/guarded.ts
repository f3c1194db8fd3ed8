/** The same function, but a guest's: whatever goes wrong in it stays in it. */
export function guarded<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void {
  return (...args) => {
    try {
      run(...args);
    } catch {}
  };
}
