import { paymentError } from '../../domain/errors.ts';
import type { Escrow } from '../../domain/escrow.ts';
import type { EscrowFilter, Escrows } from '../escrow-ports.ts';

export type EscrowView = Escrow;

/** Staff see every hold, a party its own; a stranger's answer is that of no hold. */
export const createReadEscrows = (escrows: Escrows) => ({
  async read(id: string, caller: Readonly<{ id: string; isStaff: boolean }>): Promise<EscrowView> {
    const one = await escrows.find(id);
    const isParty = one?.hold.buyerId === caller.id || one?.hold.payeeId === caller.id;
    if (!one || (!caller.isStaff && !isParty)) throw paymentError('escrow_not_found');
    return one.hold;
  },
  list: (filter: EscrowFilter): Promise<readonly EscrowView[]> => escrows.list(filter),
});

export type ReadEscrows = ReturnType<typeof createReadEscrows>;
