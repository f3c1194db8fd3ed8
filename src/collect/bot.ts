import { isbot } from 'isbot';

/** Whether a program sent this. Its visits are kept, apart: every number leaves them out unless asked. */
export function isBot(userAgent: string, webdriver: boolean | undefined): boolean {
  return webdriver === true || !userAgent || isbot(userAgent);
}
