import type { Translated } from '../area.ts';
import type * as english from '../signs.ts';

export const signs: Translated<typeof english.signs> = {
  user_agent: 'Der User-Agent nennt ein Programm, oder es gibt keinen',
  webdriver: 'Der Browser sagt, dass ein Programm ihn steuert',
  verified: 'Cloudflare kennt ihn als wohlerzogenen Bot',
  score: 'Cloudflare hält ihn für einen Bot: eine Bewertung unter 30',
  no_language: 'Kein Accept-Language, das jeder Browser sendet',
  no_accept: 'Kein Accept, das jeder Browser sendet',
  no_client_hints: 'Nennt sich Chrome und sendet kein Sec-CH-UA',
  hints_differ: 'Sec-CH-UA und der User-Agent widersprechen sich',
  no_fetch_metadata: 'Ein neuerer Browser ohne Sec-Fetch-Header',
  data_center: 'Kommt aus einem Netz, in dem Server stehen, keine Menschen sitzen',
  old_protocol: 'TLS 1.0 oder 1.1, oder HTTP 1.0: Kein Browser von heute spricht das',
  screen: 'Ein Bildschirm, den es nicht gibt: kein Pixel breit, oder zu viele',
  no_engagement: 'Viele Seiten, und keine auch nur eine Sekunde angesehen; bekannt, wenn der Besuch vorbei ist',
};
