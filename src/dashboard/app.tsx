import { Component, type ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { followLinks, match, place, usePlace } from './router.ts';
import { type Page, type PageProps, type Route, routes } from './routes.ts';
import { EmptyState } from './ui/empty-state.tsx';
import { ErrorState } from './ui/error-state.tsx';
import { Toasts } from './ui/toast.tsx';
import { Plain } from './ui/top.tsx';
import { app as words } from './words/app.ts';

interface Shown {
  route: Route;
  page: Page;
}

/** Finds the page for the address; the one before stays until its successor's code has come. */
export function App() {
  const { path, search } = usePlace();
  const found = find(path);
  const wanted = found?.route;
  const [shown, setShown] = useState<Shown | null>(() =>
    wanted && 'page' in wanted ? { route: wanted, page: wanted.page } : null,
  );
  const [failed, setFailed] = useState<unknown>(null);

  useEffect(followLinks, []);
  useEffect(() => {
    if (!wanted) return;
    setFailed(null);
    begin();
    if (wanted === shown?.route) return;
    let left = false;
    ('page' in wanted ? Promise.resolve({ default: wanted.page }) : wanted.load()).then(
      ({ default: page }) => {
        if (left) return;
        document.title = `${words.titles[wanted.title]} · Footfall`;
        setShown({ route: wanted, page });
      },
      (error: unknown) => {
        if (!left) setFailed(error);
      },
    );
    return () => {
      left = true;
    };
  }, [wanted]);

  if (!found) {
    return (
      <main class="page">
        <Plain />
        <EmptyState whole title={words.noPage} action={{ label: words.toSites, href: '/' }}>
          {words.noPageText}
        </EmptyState>
      </main>
    );
  }
  if (failed) {
    return (
      <main class="page">
        <Plain />
        <ErrorState whole error={failed} title={words.notLoaded} retry={() => location.reload()} />
      </main>
    );
  }
  // The parameters belong to the route that is shown, which for a moment may still be the one before.
  const params = shown ? match(shown.route.path, path) : null;
  return (
    <>
      {shown && params && (
        <Boundary key={shown.route.path}>
          <shown.page params={params} search={search} />
        </Boundary>
      )}
      <Toasts />
    </>
  );
}

let begun: Route | undefined;

/** Begins what the page at the address will: once it is gone to, or before there is anything. */
export function begin(): void {
  const { path, search } = place();
  const found = find(path);
  if (found && found.route !== begun) found.route.ahead?.(found.params, search);
  begun = found?.route;
}

function find(path: string): { route: Route; params: PageProps['params'] } | null {
  for (const route of routes) {
    const params = match(route.path, path);
    if (params) return { route, params };
  }
  return null;
}

/** A page that throws says so, instead of leaving a white screen. */
class Boundary extends Component<{ children: ComponentChildren }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  render() {
    if (!this.state.error) return this.props.children;
    return (
      <main class="page">
        <Plain />
        <ErrorState whole error={this.state.error} title={words.broke} retry={() => this.setState({ error: null })} />
      </main>
    );
  }
}
