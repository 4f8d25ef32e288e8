import { Type } from 'typebox';
import { requirePrincipal } from '#shared/http/principal.ts';
import { strict } from '#shared/http/schemas.ts';
import type { Routes } from '#shared/http/server.ts';
import type { ChangeProfileHandler } from '../application/commands/change-profile.ts';
import {
  accountSummary,
  circumstancesOf,
  fullName,
  language,
  phoneNumber,
  problems,
  tags,
} from './schemas.ts';

const schema = {
  operationId: 'changeProfile',
  tags,
  summary: 'Change name, telephone and language; what is not given stays',
  body: strict({
    full_name: Type.Optional(Type.Union([fullName, Type.Null()])),
    phone_number: Type.Optional(Type.Union([phoneNumber, Type.Null()])),
    language: Type.Optional(language),
  }),
  response: { 200: accountSummary, ...problems },
};

export const changeProfileRoute =
  (changeProfile: ChangeProfileHandler): Routes =>
  async (app) => {
    app.put('/auth/profile', { config: { access: 'account' }, schema }, (request) => {
      const { full_name: name, phone_number: phone, language: chosen } = request.body;
      const change = {
        ...(name === undefined ? {} : { fullName: name }),
        ...(phone === undefined ? {} : { phoneNumber: phone }),
        ...(chosen === undefined ? {} : { language: chosen }),
      };
      const command = { accountId: requirePrincipal(request).id, change };
      return changeProfile(command, circumstancesOf(request));
    });
  };
