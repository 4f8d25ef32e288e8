/** Where bytes live that are not rows: product images. Names are made by us, never by a client. */
export interface Files {
  /** Stores the bytes under `name`, whole or not at all; the same name again replaces them. */
  put(name: string, bytes: Buffer): Promise<void>;
  /** The bytes, or undefined when there are none under that name. */
  get(name: string): Promise<Buffer | undefined>;
  delete(name: string): Promise<void>;
}
