/** JSON of a value. An old library's `Array.prototype.toJSON`, which makes text of arrays, stands aside meanwhile. */
export function stringify(value: unknown, replacer?: (key: string, part: unknown) => unknown): string {
  const arrays = Array.prototype as { toJSON?: unknown };
  const { toJSON } = arrays;
  if (!toJSON) return JSON.stringify(value, replacer);
  try {
    delete arrays.toJSON;
    return JSON.stringify(value, replacer);
  } finally {
    arrays.toJSON = toJSON;
  }
}
