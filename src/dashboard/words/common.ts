import { area } from './area.ts';

/** What many parts say. */
export const common = area('common', {
  cancel: 'Cancel',
  save: 'Save',
  delete: 'Delete',
  askDelete: (name: string) => `Delete “${name}”?`,
  deleted: (name: string) => `“${name}” is deleted`,
  keepIt: 'Keep it',
  name: 'Name',
  unreachable: 'The server did not answer. Is the network up?',
  answered: (status: number) => `The server answered ${status}.`,
});
