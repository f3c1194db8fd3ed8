/** What the world looks like, as `/world.json` has it: made by `local/world.ts`. */
export interface World {
  size: [wide: number, high: number];
  /** Shapes by country, as paths. */
  lands: Record<string, string>;
  /** Where the countries are that are too small for a shape. */
  dots: Record<string, [x: number, y: number]>;
}
