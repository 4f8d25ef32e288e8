/** One mail to one person. Text is always there; `html` is for readers that show it. */
export type MailMessage = Readonly<{
  /** Same id, same mail: an adapter that can, sends it once. */
  id: string;
  to: string;
  subject: string;
  text: string;
  html?: string;
}>;

export interface Mail {
  /** Resolves when the next hop has taken the mail; throws when it may be tried again. */
  send(message: MailMessage): Promise<void>;
  /** Deletes what is kept of mails to this address. Undefined where nothing is: mails have left. */
  forget?(address: string): Promise<void>;
}
