interface Holder<T> {
  [key: symbol]: T | undefined;
}

/**
 * Has a getter of a list or an object make it once for each object that it is asked of, when it is first asked for: compiled
 * operations read such a field five times over. Never `undefined`.
 */
export function Once<T>(
  _prototype: object,
  name: string,
  { get, ...rest }: TypedPropertyDescriptor<T>,
): TypedPropertyDescriptor<T> {
  if (!get) throw new Error(`${name} is no getter.`);
  // A symbol takes half the time that replacing the getter by a property does.
  const key = Symbol(name);
  return {
    ...rest,
    get(this: Holder<T>): T {
      const known = this[key];
      if (known !== undefined) return known;
      const made = get.call(this);
      this[key] = made;
      return made;
    },
  };
}
