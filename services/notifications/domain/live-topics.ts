/** Who listens, as far as topics ask. */
export type Listener = Readonly<{ id: string; roles: readonly string[] }>;

const accountTopic = /^(account|seller):([0-9a-f-]{36})$/;

/**
 * Whether somebody may hear a topic: their own account, their own shop, and what staff works with.
 * `operator` is every message of the platform, without its data.
 */
export const mayHear = ({ id, roles }: Listener, topic: string): boolean => {
  const own = accountTopic.exec(topic);
  if (own) return own[2] === id && (own[1] === 'account' || roles.includes('seller'));
  switch (topic) {
    case 'staff:orders':
    case 'staff:stock':
    case 'staff:money':
      return roles.includes('admin') || roles.includes('support');
    case 'operator':
      return roles.includes('admin');
    default:
      return false;
  }
};
