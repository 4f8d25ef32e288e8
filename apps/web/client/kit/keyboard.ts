/** Whether the keys of this machine say ⌘ where others say Ctrl. */
export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
