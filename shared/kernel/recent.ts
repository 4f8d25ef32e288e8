/**
 * What a process has just stored, so that the next step need not read it: at most `max`, the oldest
 * go first. Another process may have changed it meanwhile, so whoever uses it must check the version.
 */
export const createRecent = <Value>(max: number) => {
  const values = new Map<string, Value>();
  return {
    set(key: string, value: Value): void {
      values.set(key, value);
      if (values.size > max) values.delete(values.keys().next().value!);
    },
    get: (key: string): Value | undefined => values.get(key),
    /** Takes it out: whoever comes meanwhile looks it up. */
    take(key: string): Value | undefined {
      const value = values.get(key);
      values.delete(key);
      return value;
    },
    clear: (): void => values.clear(),
  };
};

export type Recent<Value> = ReturnType<typeof createRecent<Value>>;
