/** A day counts from its first instant in UTC. */
export const instantOf = (date: string): string =>
  /^\d{4}-\d\d-\d\d$/.test(date) ? `${date}T00:00:00Z` : date;
