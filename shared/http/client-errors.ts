import { randomUUIDv7 } from 'node:crypto';
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { httpError } from './errors.ts';
import { problemType, toNamelessProblem, toProblem } from './problem-details.ts';

const statuses: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
};

/** Node's own handler looks here, too; there is no public way from a socket to its answer. */
const isAnswering = (socket: Socket & { _httpMessage?: ServerResponse | null }): boolean =>
  socket._httpMessage?.headersSent === true;

/**
 * What never became a request is answered as a problem, too, and its connection ends. Not in the
 * middle of another answer, whose body its client would take it for.
 */
export const answerClientError = (error: Error & { code?: string }, socket: Socket): void => {
  // A client that has gone needs no answer.
  if (socket.writable && error.code !== 'ECONNRESET' && !isAnswering(socket)) {
    const status = statuses[error.code ?? ''] ?? 400;
    const id = randomUUIDv7();
    const problem =
      status === 400
        ? toProblem(httpError('malformed_request'), id)
        : toNamelessProblem(status, id);
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      `content-type: ${problemType}`,
      `content-length: ${Buffer.byteLength(body)}`,
      `x-request-id: ${id}`,
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
};
