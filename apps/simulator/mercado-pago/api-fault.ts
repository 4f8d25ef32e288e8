/** A refusal as Mercado Pago words it: a status, and a code in `cause`. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  readonly status: number;
  readonly code: number | string | null;

  constructor(status: number, code: number | string | null, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const words: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
};

export const faultBody = ({ status, code, message }: ApiFault): object => ({
  message,
  // OAuth says what is wrong in this member, the rest of the API in `cause`.
  error: typeof code === 'string' ? code : (words[status] ?? 'error'),
  status,
  cause: typeof code === 'number' ? [{ code, description: message, data: null }] : [],
});
