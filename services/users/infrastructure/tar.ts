/** A block of a tar archive; every header is one, every file is filled up to whole ones. */
const blockBytes = 512;

/**
 * The header of one file (POSIX ustar). Paths are ours: ASCII, at most a hundred characters. Raises
 * when one is not.
 */
export const tarHeader = (path: string, size: number, at: Date): Buffer => {
  if (!/^[\x21-\x7e]{1,100}$/.test(path)) throw new Error(`${path} cannot stand in an archive`);
  const header = Buffer.alloc(blockBytes);
  const octal = (value: number, offset: number, length: number): void => {
    header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, offset, 'latin1');
  };
  header.write(path, 0, 'latin1');
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(Math.floor(at.getTime() / 1000), 136, 12);
  header.write('        0', 148, 'latin1'); // The checksum counts as spaces; type 0 is a file.
  header.write('ustar\x0000', 257, 'latin1');
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return header;
};

/** What follows the bytes of a file. */
export const tarPadding = (size: number): Buffer =>
  Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);

export const tarEnd = (): Buffer => Buffer.alloc(2 * blockBytes);
