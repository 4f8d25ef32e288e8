/** What can be made to happen, by the event that it begins with. */
export const triggers = ['order.placed'] as const;
export type Trigger = (typeof triggers)[number];
