/** Days as the shop's calendar has them: `from` and `to` are both part of it. */
export type Days = Readonly<{ from: string; to: string }>;

const dayMs = 86_400_000;

/** How many days a range has; below one it is none. */
export const countDays = ({ from, to }: Days): number =>
  (Date.parse(to) - Date.parse(from)) / dayMs + 1;
