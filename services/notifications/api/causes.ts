import { Type } from 'typebox';
import { causeNames } from '../application/cause-names.ts';

/** What a notice is about, as people choose it. */
export const cause = Type.Union(causeNames.map((name) => Type.Literal(name)));
