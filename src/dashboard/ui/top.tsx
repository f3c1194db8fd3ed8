import type { ComponentChildren } from 'preact';
import type { Me } from '../../contract/api.ts';
import { api } from '../api.ts';
import { forget, useData } from '../data.ts';
import { go } from '../router.ts';
import { applyTheme, theme } from '../theme.ts';
import { choose, LANGUAGES, type Language, language } from '../words/language.ts';
import { top as words } from '../words/top.ts';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';
import { Middle } from './middle.tsx';
import { toast } from './toast.tsx';

interface Props {
  /** At the left; the product's own name when there is nothing more to say. */
  children?: ComponentChildren;
  /** At the right, before the account's menu. */
  aside?: ComponentChildren;
}

/** The first row of every page that somebody signed in sees. */
export function Top({ children, aside }: Props) {
  return (
    <header class="top">
      <div class="top-start">{children ?? <Brand />}</div>
      <div class="top-end">
        {aside}
        <Account />
      </div>
    </header>
  );
}

/** The first row of a page that doesn't know who looks. */
export const Plain = () => (
  <header class="top">
    <Brand />
  </header>
);

function Brand() {
  return (
    <a class="brand" href="/">
      <img src="/icon.svg" width="20" height="20" alt="" />
      Footfall
    </a>
  );
}

function Account() {
  const me = useData('me', (signal) => api<Me>('GET', '/me', undefined, signal));
  const name = me.data?.name ?? '';
  const chosen = theme();
  const themes = [
    { id: 'system', label: words.systemColours },
    { id: 'light', label: words.light },
    { id: 'dark', label: words.dark },
  ] as const;
  return (
    <Menu
      name={name ? words.accountOf(name) : words.account}
      class="account"
      align="end"
      label={name ? <span aria-hidden="true">{[...name][0]?.toUpperCase()}</span> : <Icon name="person" size={16} />}
      items={[
        { label: words.sites, href: '/' },
        { label: words.keys, href: '/keys' },
        ...themes.map((one) => ({
          group: words.colours,
          label: one.label,
          current: one.id === chosen,
          onPick: () => {
            applyTheme(one.id);
            me.refresh();
          },
        })),
        ...languages(),
        {
          label: words.signOut,
          hint: me.data && <Middle text={me.data.email} />,
          divided: true,
          onPick: () => void signOut(),
        },
      ]}
    />
  );
}

const languages = () =>
  (Object.keys(LANGUAGES) as Language[]).map((one) => ({
    group: words.language,
    label: LANGUAGES[one],
    current: one === language(),
    onPick: () => choose(one),
  }));

async function signOut(): Promise<void> {
  try {
    await api('POST', '/sign-out');
  } catch {
    toast(words.notSignedOut, { bad: true });
    return;
  }
  forget();
  go('/sign-in');
}
