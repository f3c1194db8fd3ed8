/** The same function, but a guest's: whatever goes wrong in it stays in it. */
export const guarded =
  <A extends unknown[]>(run: (...args: A) => void) =>
  (...args: A): void => {
    try {
      run(...args);
    } catch {}
  };
