/** A value that is dear to make, for all processes; what is here may be gone at any time. */
export interface SharedValues {
  /**
   * The value of a key that includes every change before `atLeast`; else makes it with `load`, one
   * process at a time, and keeps it as including all before `asOf`. Raises only what `load` raises.
   */
  get: (
    key: string,
    order: Readonly<{ atLeast: number; asOf: number }>,
    load: () => Promise<Buffer>,
  ) => Promise<Buffer>;
}
