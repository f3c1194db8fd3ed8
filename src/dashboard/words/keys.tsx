import { exact } from '../format.ts';
import { area } from './area.ts';

/** Keys of the API: the list, a new one, and a revoked one. */
export const keys = area('keys', {
  keys: 'API keys',
  about: 'For programs that ask on your behalf. Each is good for every site of yours.',
  newKey: 'New key',
  inForce: 'Keys in force',
  none: 'No key yet',
  noneText: () => (
    <>
      A key lets a script or another tool read or change what this dashboard shows. It is sent as{' '}
      <code>Authorization: Bearer KEY</code>.
    </>
  ),
  used: (ago: string) => `Used ${ago}`,
  meanwhile: 'Your keys are kept, and work again when the database is back.',
  neverUsed: 'Never used',
  made: (day: string) => `Made ${day}`,
  revoked: (day: string) => `Revoked ${day}`,
  revokedKeys: 'Revoked keys',
  countRevoked: (n: number) => `${exact(n)} revoked ${n === 1 ? 'key' : 'keys'}`,

  newTitle: 'New API key',
  nameExample: 'Weekly report',
  nameHint: 'What it is for, so that you know later which one to revoke.',
  may: 'It may',
  scopes: {
    read: { label: 'Read', hint: 'Numbers, goals and recordings.' },
    write: { label: 'Read and write', hint: 'Sites and goals too: make them, change them, delete them.' },
  },
  create: 'Create key',
  ready: (name: string) => `“${name}” is ready`,
  copyNow: 'Copy the key now. Only its fingerprint is kept here, so it can’t be shown again.',
  theKey: 'The key',
  tryIt: 'Try it',
  command: 'A command that asks for your sites',
  done: 'Done',

  revoke: 'Revoke',
  askRevoke: (name: string) => `Revoke “${name}”?`,
  revokeMeans: 'Whatever uses this key is refused from now on. A revoked key can’t be brought back.',
  isRevoked: (name: string) => `“${name}” is revoked`,
});
