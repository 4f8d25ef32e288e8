import { defineErrors } from '#shared/kernel/errors.ts';

export const usersError = defineErrors('users', {
  profile_not_ready: [
    'unavailable',
    'This account is so new that its profile is still being made.',
  ],
  user_not_found: ['not_found', 'There is no such user.'],
  profile_invalid: ['invalid', 'This profile has a value that cannot be.'],
  changed_meanwhile: ['conflict', 'The profile changed at the same moment; try again.'],
  address_invalid: ['invalid', 'This address does not fit the form of its country.'],
  address_not_found: ['not_found', 'There is no such address.'],
  too_many_addresses: ['conflict', 'An account keeps at most 50 addresses.'],
  country_unknown: ['not_found', 'There is no country with this code.'],
  avatar_missing: ['invalid', 'Send the picture as `file` of a multipart form.'],
  avatar_unreadable: ['invalid', 'This is not a JPEG, PNG, WebP or AVIF picture.'],
  avatar_too_many_pixels: ['invalid', 'A picture has at most 40 million pixels.'],
  avatar_not_found: ['not_found', 'There is no such picture.'],
  export_not_found: ['not_found', 'There is no such export.'],
  export_not_ready: ['conflict', 'This export is still being collected, or has failed.'],
  confirmation_differs: ['invalid', 'Give the user name of the account to confirm.'],
  orders_open: ['conflict', 'Orders of this account, bought or sold, are under way.'],
  money_under_way: ['conflict', 'Payments or refunds of this account are under way.'],
  last_admin: ['conflict', 'Plaza needs at least one active administrator.'],
  erasure_not_found: ['not_found', 'There is no such erasure.'],
});
