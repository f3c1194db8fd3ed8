import { z } from 'zod';
import { ApiKey, Me, Setup } from '../../contract/answers.ts';
import { ApiKeyInput, SetupInput, SignInInput } from '../../contract/api.ts';
import { made, type Noun, nothing, ok } from '../route.ts';

export const accounts: Noun = {
  name: 'Accounts',
  says: 'The owner, and the keys of the API.',
  routes: {
    'GET /api/v1/setup': {
      id: 'getSetup',
      summary: 'Ask whether the deployment has its owner',
      description: 'That, and nothing else.',
      needs: 'nothing',
      gives: ok(Setup),
    },
    'POST /api/v1/setup': {
      id: 'setUp',
      summary: 'Create the owner',
      description: 'Works once; signs in by cookie.',
      needs: 'nothing',
      takes: SetupInput,
      example: { name: 'Mari', email: 'mari@shop.example', password: 'correct horse battery' },
      gives: made(Me),
      refuses: ['wrong_origin', 'already_set_up', 'too_many_requests'],
    },
    'POST /api/v1/sign-in': {
      id: 'signIn',
      summary: 'Sign in',
      description: 'Sets the session’s cookie. Guessing is slowed down: `too_many_requests`.',
      needs: 'nothing',
      takes: SignInInput,
      example: { email: 'mari@shop.example', password: 'correct horse battery' },
      gives: ok(Me),
      refuses: ['wrong_origin', 'bad_credentials', 'too_many_requests'],
    },
    'POST /api/v1/sign-out': {
      id: 'signOut',
      summary: 'Sign out',
      description: 'Ends the session of the cookie that comes with it, if any.',
      needs: 'nothing',
      gives: nothing('Signed out.'),
      refuses: ['wrong_origin'],
    },
    'GET /api/v1/me': {
      id: 'getMe',
      summary: 'Ask who one is',
      description: 'The owner who is signed in, or whose key it is.',
      needs: 'read',
      gives: ok(Me),
    },
    'GET /api/v1/keys': {
      id: 'listKeys',
      summary: 'List API keys',
      description: 'Newest first, revoked ones too; never the keys themselves.',
      needs: 'read',
      gives: ok(z.object({ keys: z.array(ApiKey) }), { says: 'The keys.' }),
    },
    'POST /api/v1/keys': {
      id: 'createKey',
      summary: 'Make an API key',
      description: 'The key stands in this answer and in no other. A key can’t make keys.',
      needs: 'session',
      takes: ApiKeyInput,
      example: { name: 'Monthly report', scope: 'read' },
      gives: made(ApiKey),
    },
    'DELETE /api/v1/keys/:id': {
      id: 'revokeKey',
      summary: 'Revoke an API key',
      description: 'At once and for good.',
      needs: 'session',
      gives: nothing('It is revoked.'),
    },
  },
};
