import type { FastifyRequest } from 'fastify';
import { httpError } from './errors.ts';

const tagPattern = /^"(\d{1,9})(?:\.[\w-]+)?"$/;

/**
 * The `If-Match` of an update as a check of the version. A product's tag is `"<version>.<hash>"`:
 * only the version counts here, since stock changes the page and is no reason to refuse an edit.
 */
export const preconditionOf = (request: FastifyRequest): ((version: number) => void) => {
  const header = request.headers['if-match'];
  if (header === undefined) throw httpError('precondition_missing');
  if (header.trim() === '*') return () => {};
  const versions = header.split(',').map((tag) => tagPattern.exec(tag.trim())?.[1]);
  return (version) => {
    if (!versions.includes(String(version))) throw httpError('stale');
  };
};

/** The one version that the caller has read, for a change that must name it. */
export const versionOf = (request: FastifyRequest): number => {
  const header = request.headers['if-match'];
  if (header === undefined) throw httpError('precondition_missing');
  const [, version] = /^(?:W\/)?"(\d{1,9})"$/.exec(header) ?? [];
  if (version === undefined) throw httpError('stale');
  return Number(version);
};
