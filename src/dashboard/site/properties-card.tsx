import type { SiteJson } from '../../contract/api.ts';
import type { RowDimension } from '../../contract/words.ts';
import { type Data, useWanted } from '../data.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { briefly } from '../ui/error-state.tsx';
import { overview as words } from '../words/overview.tsx';
import { tab } from './dimensions.ts';
import { ListCard, Places } from './list-card.tsx';
import { type Properties, propertiesOf } from './questions.ts';
import type { View } from './view.ts';

interface Props {
  site: SiteJson;
  view: View;
  turn: number;
  base: string;
}

/** The site's properties. */
export const useProperties = (site: SiteJson, view: View): Data<Properties> =>
  useWanted(propertiesOf(site.domain, view), { first: true });

/** What events say of themselves: a list for each property that there is. */
export function PropertiesCard({ site, view, turn, base }: Props) {
  const { data, error, stale } = useProperties(site, view);
  const keys = data?.properties ?? [];
  if (keys.length > 0) {
    const tabs = keys.map(({ key }) => tab(key, `event:props:${key}` as RowDimension));
    return <ListCard list={{ id: 'props', headed: true, tabs }} {...{ site, view, turn, base }} />;
  }
  return (
    <Card title={words.cards.props} label={words.cards.props} class="list-card properties-none" stale={stale}>
      <div class="list-panel">
        {!data && error && <p class="list-note alone">{briefly(error)}</p>}
        {!data && !error && <Places />}
        {data && (
          <EmptyState title={words.noProperties}>
            {words.noPropertiesText("footfall('signup', { plan: 'pro' })")}
          </EmptyState>
        )}
      </div>
      <footer class="list-foot" />
    </Card>
  );
}
