import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { idParams, instant, strict, uuid } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type {
  EnableEmailFactorHandler,
  RemoveSecondFactorsHandler,
  RenewRecoveryCodesHandler,
} from '../application/commands/change-second-factors.ts';
import type { ConfirmTotpHandler, StartTotpHandler } from '../application/commands/enrol-totp.ts';
import type { EnabledFactor } from '../application/enabled-factor.ts';
import type { MySecondFactorsQuery } from '../application/queries/my-second-factors.ts';
import { enrolmentScope } from '#shared/kernel/scopes.ts';
import { circumstancesOf, problems, tags } from './schemas.ts';

export type SecondFactorHandlers = Readonly<{
  mySecondFactors: MySecondFactorsQuery;
  startTotp: StartTotpHandler;
  confirmTotp: ConfirmTotpHandler;
  enableEmailFactor: EnableEmailFactorHandler;
  removeSecondFactors: RemoveSecondFactorsHandler;
  renewRecoveryCodes: RenewRecoveryCodesHandler;
}>;

/** Also for who may do nothing else yet, since the operator requires a factor. */
export const enrolling = { access: 'verified', scope: enrolmentScope, isStepUp: true } as const;
const changing = { access: 'verified', isStepUp: true } as const;

const kind = Type.Union([Type.Literal('totp'), Type.Literal('email'), Type.Literal('passkey')]);
const codes = Type.Array(Type.String({ examples: ['k7pm-w2xa-9dfq-h4ns-c8ty-r3ve'] }), {
  description: 'each works once in place of a factor; shown only now',
});
const noBody = Type.Union([strict({}), Type.Null()]);

export const enabledFactor = Type.Object({
  id: uuid,
  kind,
  recovery_codes: Type.Union([codes, Type.Null()]),
});
export const toEnabled = ({ id, kind: of, recoveryCodes }: EnabledFactor) => ({
  id,
  kind: of,
  recovery_codes: recoveryCodes === null ? null : [...recoveryCodes],
});

const nullable = <T extends ReturnType<typeof Type.String>>(schema: T) =>
  Type.Union([schema, Type.Null()]);

const listSchema = {
  operationId: 'listSecondFactors',
  tags,
  summary: 'What the account proves itself with beside its password',
  response: {
    200: Type.Object({
      items: Type.Array(
        Type.Object({
          id: uuid,
          kind,
          name: nullable(Type.String({ description: 'of a passkey' })),
          created_at: instant,
          last_used_at: nullable(instant),
        }),
      ),
      recovery_codes_left: Type.Integer(),
    }),
    ...problems,
  },
};

const startTotpSchema = {
  operationId: 'startTotp',
  tags,
  summary: 'A secret for an authenticator app, shown once; it counts when a code confirms it',
  body: noBody,
  response: {
    201: Type.Object({
      secret: Type.String({ description: 'base 32, for typing' }),
      uri: Type.String({ description: 'otpauth://, as in the QR code' }),
      qr_svg: Type.String({ description: 'the QR code as an SVG document' }),
    }),
    ...problems,
  },
};

const confirmTotpSchema = {
  operationId: 'confirmTotp',
  tags,
  summary: 'Confirm the authenticator app with a code of it',
  body: strict({ code: Type.String({ pattern: '^[0-9]{6}$', examples: ['048151'] }) }),
  response: { 201: enabledFactor, ...problems },
};

const enableEmailSchema = {
  operationId: 'enableEmailFactor',
  tags,
  summary: 'Ask for a code by mail at sign-in',
  body: noBody,
  response: { 201: enabledFactor, ...problems },
};

const renewSchema = {
  operationId: 'renewRecoveryCodes',
  tags,
  summary: 'Ten new recovery codes; those before work no more',
  body: noBody,
  response: { 201: Type.Object({ recovery_codes: codes }), ...problems },
};

const removeSchema = {
  operationId: 'removeSecondFactor',
  tags,
  summary: 'Take a second factor away',
  params: idParams,
  response: { 204: Type.Null(), ...problems },
};

const removeAllSchema = {
  operationId: 'removeSecondFactors',
  tags,
  summary: 'Take all second factors of an account away, for a holder who lost them',
  params: idParams,
  response: { 204: Type.Null(), ...problems },
};

export const secondFactorRoutes =
  (handlers: SecondFactorHandlers): Routes =>
  async (app) => {
    const path = '/auth/second-factors';
    app.get(
      path,
      { config: { access: 'account', scope: enrolmentScope }, schema: listSchema },
      async (request) => {
        const { items, ...list } = await handlers.mySecondFactors(requirePrincipal(request).id);
        return { ...list, items: [...items] };
      },
    );
    app.post(
      `${path}/totp`,
      { config: enrolling, schema: startTotpSchema },
      async (request, reply) => {
        const { secret, uri, qrSvg } = await handlers.startTotp(requirePrincipal(request).id);
        return reply.code(201).send({ secret, uri, qr_svg: qrSvg });
      },
    );
    app.post(
      `${path}/totp/confirm`,
      { config: enrolling, schema: confirmTotpSchema },
      async (request, reply) => {
        const command = { accountId: requirePrincipal(request).id, code: request.body.code };
        const enabled = await handlers.confirmTotp(command, circumstancesOf(request));
        return reply.code(201).send(toEnabled(enabled));
      },
    );
    app.post(
      `${path}/email`,
      { config: enrolling, schema: enableEmailSchema },
      async (request, reply) => {
        const { id } = requirePrincipal(request);
        const enabled = await handlers.enableEmailFactor(id, circumstancesOf(request));
        return reply.code(201).send(toEnabled(enabled));
      },
    );
    app.post(
      `${path}/recovery-codes`,
      { config: changing, schema: renewSchema },
      async (request, reply) => {
        const { id } = requirePrincipal(request);
        const made = await handlers.renewRecoveryCodes(id, circumstancesOf(request));
        return reply.code(201).send({ recovery_codes: [...made] });
      },
    );
    app.delete(
      `${path}/:id`,
      { config: changing, schema: removeSchema },
      async (request, reply) => {
        const command = { accountId: requirePrincipal(request).id, factorId: request.params.id };
        await handlers.removeSecondFactors(command, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
    app.delete(
      '/users/:id/second-factors',
      { config: { access: { roles: ['admin'] }, isStepUp: true }, schema: removeAllSchema },
      async (request, reply) => {
        const command = { accountId: request.params.id };
        await handlers.removeSecondFactors(command, circumstancesOf(request));
        return reply.code(204).send(null);
      },
    );
  };
