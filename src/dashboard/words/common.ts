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
  /** In a field that nothing is in yet: what is there would be taken for its value. */
  example: (what: string) => `e.g. ${what}`,
  unreachable: 'The server did not answer. Is the network up?',
  answered: (status: number) => `The server answered ${status}.`,
});
